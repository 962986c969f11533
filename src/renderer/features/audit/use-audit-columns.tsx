import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { AuditRecord } from '#shared/contract/audit.ts'
import { Count } from '../../ui/figures.tsx'
import type { Column } from '../../ui/table/index.ts'
import { Time } from '../../ui/time.tsx'
import { ActionName } from './action-name.tsx'
import { ResultBadge } from './result-badge.tsx'

export function useAuditColumns(): readonly Column<AuditRecord>[] {
  const { t } = useTranslation(['audit', 'common'])
  return useMemo(
    (): Column<AuditRecord>[] => [
      { id: 'at', header: t('column.at'), width: 112, cell: ({ at }) => <Time at={at} /> },
      {
        id: 'action',
        header: t('column.action'),
        width: 160,
        cell: ({ action }) => <ActionName action={action} />,
      },
      {
        id: 'result',
        header: t('column.result'),
        width: 112,
        cell: (record) => <ResultBadge record={record} variant="plain" />,
      },
      {
        id: 'queue',
        header: t('column.queue'),
        width: 112,
        grow: 1,
        cell: ({ queue }) => <span>{queue ?? '–'}</span>,
      },
      {
        id: 'job',
        header: t('column.job'),
        width: 104,
        grow: 1,
        cell: ({ job }) => <span className="mono">{job ?? '–'}</span>,
      },
      {
        id: 'operator',
        header: t('column.operator'),
        width: 112,
        hideBelow: 720,
        cell: ({ operator }) => <span>{operator}</span>,
      },
      {
        id: 'reason',
        header: t('column.reason'),
        width: 160,
        grow: 2,
        hideBelow: 860,
        cell: ({ reason }) =>
          reason === null ? <span className="dim">–</span> : <span title={reason}>{reason}</span>,
      },
      {
        id: 'sequence',
        header: t('column.sequence'),
        width: 80,
        align: 'end',
        cell: ({ sequence }) => (
          <span className="dim">
            <Count value={sequence} />
          </span>
        ),
      },
    ],
    [t],
  )
}

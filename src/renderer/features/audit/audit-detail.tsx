import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { AuditEntry, AuditRecord } from '#shared/contract/audit.ts'
import { useDescribeCode } from '../../lib/errors/describe-error.ts'
import { useFormat } from '../../lib/format/use-format.ts'
import { CopyText } from '../../ui/copy-text.tsx'
import { DetailPane } from '../../ui/detail-pane.tsx'
import { FactList } from '../../ui/fact-list.tsx'
import { EmptyState, LoadingRows } from '../../ui/states.tsx'
import { ActionName } from './action-name.tsx'
import { isOfEnvironment } from './actions.ts'
import classes from './audit.module.css'
import { DetailsList } from './details-list.tsx'
import { ResultBadge } from './result-badge.tsx'
import { codeOf } from './result.ts'

interface AuditDetailProps {
  /** Undefined when it is not among the loaded ones. */
  record: AuditRecord | undefined
  loading: boolean
  onClose: () => void
}

/** One action: who, when, why, what stood there before, what came of it, and the hashes. */
export function AuditDetail({ record, loading, onClose }: AuditDetailProps) {
  const { t } = useTranslation('audit')
  if (record === undefined) {
    return (
      <DetailPane title={loading ? '…' : t('gone')} onClose={onClose}>
        {loading ? (
          <LoadingRows rows={8} />
        ) : (
          <EmptyState title={t('gone')}>{t('goneText')}</EmptyState>
        )}
      </DetailPane>
    )
  }
  return (
    <DetailPane
      title={<ActionName action={record.action} />}
      subtitle={
        <>
          <ResultBadge record={record} />
          <span>{t('detail', { sequence: record.sequence })}</span>
        </>
      }
      actions={<CopyText iconOnly text={JSON.stringify(record, null, 2)} what={t('copyEntry')} />}
      onClose={onClose}
    >
      <Summary record={record} />
      <Section title={t(headingOf(record))}>
        <DetailsList details={record.details} ofEnvironment={isOfEnvironment(record.action)} />
      </Section>
      {record.kind === 'refusal' ? null : (
        <Section title={t('after')}>
          {record.outcome === null ? (
            <p className={classes.note}>{t('noOutcome')}</p>
          ) : (
            <DetailsList
              details={record.outcome.details}
              ofEnvironment={isOfEnvironment(record.action)}
            />
          )}
        </Section>
      )}
      <Section title={t('hashes')}>
        <p className={classes.note}>{t('hashesText')}</p>
        <Hashes entry={record} />
        {record.outcome === null ? null : <Hashes entry={record.outcome} />}
      </Section>
    </DetailPane>
  )
}

function headingOf({ kind, action }: AuditRecord): 'refusal' | 'asked' | 'before' {
  if (kind === 'refusal') return 'refusal'
  return isOfEnvironment(action) ? 'asked' : 'before'
}

function Summary({ record }: { record: AuditRecord }) {
  const { t } = useTranslation(['audit', 'common'])
  const format = useFormat()
  const describe = useDescribeCode()
  const code = codeOf(record)
  return (
    <div className={classes.section}>
      <FactList
        facts={[
          { label: t('when'), value: <span className="tabular">{format.exact(record.at)}</span> },
          { label: t('who'), value: `${record.operator} (${t(`via.${record.via}`)})` },
          { label: t('environment'), value: record.environment },
          ...(record.queue === null ? [] : [{ label: t('column.queue'), value: record.queue }]),
          ...(record.job === null
            ? []
            : [{ label: t('column.job'), value: <JobLink record={record} /> }]),
          { label: t('column.reason'), value: record.reason ?? <span className="dim">–</span> },
          ...(code === null
            ? []
            : [
                {
                  label: t('column.result'),
                  value: (
                    <>
                      {describe(code, record.outcome?.details ?? record.details)}
                      <span className={classes.code}>{code}</span>
                    </>
                  ),
                },
              ]),
          {
            label: t('operation'),
            value: <CopyText text={record.operation} what={t('operation')} />,
          },
        ]}
      />
    </div>
  )
}

function JobLink({ record }: { record: AuditRecord }) {
  const { t } = useTranslation('audit')
  const { environment, queue, job } = record
  if (queue === null || job === null) return null
  const deleted = record.action === 'jobs.remove' && record.outcome?.result === 'ok'
  return (
    <>
      <CopyText text={job} what={t('column.job')} />{' '}
      {deleted ? null : (
        <Link to="/e/$environment/jobs" params={{ environment }} search={{ queue, job }}>
          {t('openJob')}
        </Link>
      )}
    </>
  )
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className={classes.section}>
      <h3 className={classes.heading}>{title}</h3>
      {children}
    </section>
  )
}

function Hashes({ entry }: { entry: AuditEntry }) {
  const { t } = useTranslation('audit')
  const { sequence } = entry
  return (
    <FactList
      facts={[
        {
          label: entry.kind === 'outcome' ? t('outcome', { sequence }) : t('intent', { sequence }),
          value: <CopyText text={entry.hash} what={t('hash')} shorten={24} />,
        },
        {
          label: t('previousHash'),
          value: <CopyText text={entry.previousHash} what={t('previousHash')} shorten={24} />,
        },
      ]}
    />
  )
}

import { IconAlertTriangle, IconRefresh } from '@tabler/icons-react'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { MirrorQueue } from '#shared/contract/mirror.ts'
import { useNow } from '../../lib/clock.ts'
import { useFormat } from '../../lib/format/use-format.ts'
import { Count } from '../../ui/figures.tsx'
import { Hint } from '../../ui/hint.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { Progress } from '../../ui/progress.tsx'
import type { Column } from '../../ui/table/index.ts'
import { Time } from '../../ui/time.tsx'
import classes from './mirror.module.css'
import { shareOf } from './mirror-look.ts'

/** A stream that keeps fewer entries loses some of a burst, which must then be found by comparing. */
const shortStream = 5_000

export function useQueueColumns(
  onRebuild: ((queue: string) => void) | null,
): readonly Column<MirrorQueue>[] {
  const { t } = useTranslation('mirror')
  return useMemo(
    (): Column<MirrorQueue>[] => [
      {
        id: 'queue',
        header: t('column.queue'),
        width: 160,
        grow: 1,
        sortValue: ({ queue }) => queue,
        cell: ({ queue }) => (
          <span className={classes.queue} title={queue}>
            {queue}
          </span>
        ),
      },
      {
        id: 'rows',
        header: t('column.rows'),
        width: 96,
        align: 'end',
        sortValue: ({ rows }) => rows,
        sortFirst: 'descending',
        cell: ({ rows }) => <Count value={rows} />,
      },
      {
        id: 'gone',
        header: t('column.gone'),
        hint: t('column.goneHint'),
        width: 88,
        align: 'end',
        hideBelow: 848,
        sortValue: ({ gone }) => gone,
        sortFirst: 'descending',
        cell: ({ gone }) => <Count value={gone} />,
      },
      {
        id: 'backfill',
        header: t('column.backfill'),
        width: 136,
        sortValue: ({ backfill }) => (backfill === null ? 1 : shareOf(backfill)),
        cell: (row) => <Backfill row={row} />,
      },
      {
        id: 'behind',
        header: t('column.behind'),
        width: 80,
        align: 'end',
        sortValue: ({ behind }) => behind,
        sortFirst: 'descending',
        cell: ({ behind }) => <Count value={behind} />,
      },
      {
        id: 'gaps',
        header: t('column.gaps'),
        hint: t('column.gapsHint'),
        width: 128,
        align: 'end',
        hideBelow: 760,
        sortValue: ({ gaps }) => gaps,
        sortFirst: 'descending',
        cell: (row) => <Gaps row={row} />,
      },
      {
        id: 'drift',
        header: t('column.drift'),
        hint: t('column.driftHint'),
        width: 72,
        align: 'end',
        sortValue: ({ drift }) => drift,
        sortFirst: 'descending',
        cell: ({ drift }) => <Count value={drift} />,
      },
      {
        id: 'checked',
        header: t('column.checked'),
        width: 96,
        hideBelow: 1136,
        sortValue: ({ checkedAt }) => checkedAt,
        sortFirst: 'descending',
        cell: ({ checkedAt }) => <Time at={checkedAt} />,
      },
      {
        id: 'follow',
        header: t('column.follow'),
        width: 96,
        hideBelow: 944,
        sortValue: ({ follow }) => follow,
        cell: ({ follow }) => (
          <Hint
            label={follow === 'deferred' ? t('deferredHint') : t('pollingHint')}
            disabled={follow === 'stream'}
          >
            <span>{t(`follow.${follow}`)}</span>
          </Hint>
        ),
      },
      {
        id: 'stream',
        header: t('column.stream'),
        hint: t('column.streamHint'),
        width: 96,
        align: 'end',
        hideBelow: 1040,
        sortValue: ({ streamLength }) => streamLength,
        cell: (row) => <Stream row={row} />,
      },
      ...(onRebuild === null
        ? []
        : [
            {
              id: 'actions',
              header: t('column.actions'),
              width: 72,
              align: 'end' as const,
              cell: ({ queue }: MirrorQueue) => (
                <IconButton
                  label={t('rebuildQueue', { queue })}
                  icon={IconRefresh}
                  onPress={() => onRebuild(queue)}
                />
              ),
            },
          ]),
    ],
    [t, onRebuild],
  )
}

function Backfill({ row: { backfill } }: { row: MirrorQueue }) {
  const { t } = useTranslation('mirror')
  const format = useFormat()
  if (backfill === null) return <span className="dim">{t('complete')}</span>
  const words = t('ofAll', {
    done: format.count(backfill.done),
    total: format.count(backfill.total),
  })
  return (
    <Hint label={words}>
      <span className={classes.share}>
        <Progress share={shareOf(backfill)} label={t('column.backfill')} />
        <span className="tabular">{format.share(shareOf(backfill))}</span>
      </span>
    </Hint>
  )
}

function Gaps({ row: { gaps, lastGapAt } }: { row: MirrorQueue }) {
  const { t } = useTranslation('mirror')
  const format = useFormat()
  const now = useNow()
  if (lastGapAt === null) return <Count value={gaps} />
  return (
    <Hint label={format.exact(lastGapAt)}>
      <span className="tabular">
        {format.count(gaps)}{' '}
        <span className="dim">{t('lastGap', { ago: format.relative(lastGapAt, now) })}</span>
      </span>
    </Hint>
  )
}

function Stream({ row: { streamLength, follow, gaps } }: { row: MirrorQueue }) {
  const { t } = useTranslation('mirror')
  const format = useFormat()
  // A short stream that has never lost anything may simply be of a queue that does little.
  const short =
    streamLength !== null && follow === 'stream' && gaps > 0 && streamLength < shortStream
  if (!short) return <Count value={streamLength} />
  return (
    <Hint label={t('shortStream', { count: streamLength })}>
      <span className={classes.short} data-tone="warning">
        <IconAlertTriangle size={12} stroke={2} aria-hidden />
        {format.count(streamLength)}
      </span>
    </Hint>
  )
}

import { IconDatabase } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { MirrorJob } from '#shared/contract/job-search.ts'
import type { JobDetail } from '#shared/contract/jobs.ts'
import { useNow } from '../../../lib/clock.ts'
import { useFormat } from '../../../lib/format/use-format.ts'
import { type Fact, FactList } from '../../../ui/fact-list.tsx'
import { useRetention } from '../../mirror/use-retention.ts'
import { Message } from '../error/message.tsx'
import { textOf } from '../filter/read-filter.ts'
import { ForeignText } from '../list/job-cells.tsx'
import classes from './detail.module.css'
import { timelineOf } from './timeline.ts'
import { TimelineList } from './timeline-list.tsx'

const day = 86_400_000

/** A job that cannot be read from Redis, as the mirror has it: no data, log or hash, but what it was. */
export function KeptJob({ environment, job }: { environment: string; job: MirrorJob }) {
  const { t } = useTranslation('jobSearch')
  const format = useFormat()
  const now = useNow()
  const facts = useFacts(environment, job)
  const days = useRetention(environment, job.goneAt !== null)
  return (
    <>
      <div className={classes.gone} role="status">
        <IconDatabase size={16} stroke={1.6} aria-hidden />
        {job.goneAt === null
          ? t('kept.away', { time: format.clock(job.seenAt, now) })
          : t('kept.gone', { time: format.clock(job.goneAt, now) })}
        {job.goneAt === null || days === undefined
          ? null
          : ` ${t('kept.until', { time: format.clock(job.goneAt + days * day, now) })}`}
      </div>
      <div className={classes.summary}>
        {job.error === null ? null : (
          <section className={classes.block} aria-label={t('kept.error')}>
            <Message name={null} text={job.error} prominent />
          </section>
        )}
        <section className={classes.block} aria-label={t('kept.timeline')}>
          <TimelineList entries={timelineOf(detailOf(job))} />
        </section>
        <section className={classes.block} aria-label={t('kept.facts')}>
          <FactList facts={facts} />
        </section>
      </div>
    </>
  )
}

function useFacts(environment: string, job: MirrorJob): Fact[] {
  const { t } = useTranslation(['jobSearch', 'jobs'])
  const format = useFormat()
  const fields = ['user', 'brand', 'provider', 'model', 'variant', 'checkpoint'] as const
  const amount = (value: number, unit: string) => `${format.decimal(value, 4)} ${unit}`
  const all: (Fact | false)[] = [
    { label: t('column.queue'), value: <ForeignText text={job.queue} /> },
    {
      label: t('jobs:summary.attempts'),
      value: t('jobs:summary.attemptsOf', { made: job.attemptsMade, allowed: job.attemptsAllowed }),
    },
    job.wait !== null && { label: t('jobs:summary.wait'), value: format.duration(job.wait) },
    job.duration !== null && {
      label: t('jobs:summary.duration'),
      value: format.duration(job.duration),
    },
    ...fields.map((field): Fact | false => {
      const value = job[field]
      return value !== null && { label: t(`column.${field}`), value: <ForeignText text={value} /> }
    }),
    job.cost !== null && { label: t('column.cost'), value: amount(job.cost, '$') },
    job.memory !== null && { label: t('column.memory'), value: amount(job.memory, 'MB') },
    job.tokens !== null && { label: t('column.tokens'), value: format.count(job.tokens) },
    job.reported !== null && {
      label: t('column.reported'),
      value: format.duration(job.reported),
    },
    job.scheduler !== null && {
      label: t('jobs:summary.scheduler'),
      value: <ForeignText text={job.scheduler} mono />,
    },
    job.group !== null && {
      label: t('kept.group'),
      value: (
        <Link
          to="/e/$environment/jobs"
          params={{ environment }}
          search={{ filter: textOf({ field: 'group', values: [job.group] }) }}
        >
          {t('kept.sameGroup')}
        </Link>
      ),
    },
  ]
  return all.filter((fact) => fact !== false)
}

/** What the mirror keeps, in the shape of a job that was read from Redis. */
function detailOf(job: MirrorJob): JobDetail {
  return {
    ...job,
    data: null,
    result: null,
    progressValue: null,
    options: null,
    failedReason: null,
    stacktrace: null,
    attemptsStarted: null,
    delay: 0,
    processedBy: null,
    deduplicationId: null,
    children: { pending: 0, processed: 0, failed: 0 },
    logCount: 0,
    readAt: job.seenAt,
  }
}

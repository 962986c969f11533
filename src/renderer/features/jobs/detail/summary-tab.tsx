import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { JobDetail } from '#shared/contract/jobs.ts'
import { useFormat } from '../../../lib/format/use-format.ts'
import { CopyText } from '../../../ui/copy-text.tsx'
import { FactList, type Fact } from '../../../ui/fact-list.tsx'
import { Progress } from '../../../ui/progress.tsx'
import { JsonSection } from '../json/json-section.tsx'
import { readTree } from '../json/json-tree.ts'
import { ForeignText } from '../list/job-cells.tsx'
import classes from './detail.module.css'
import { ParentLink } from './parent-link.tsx'
import { timelineOf } from './timeline.ts'
import { TimelineList } from './timeline-list.tsx'
import type { JobAddress } from './use-job-detail.ts'
import { useWholeValue } from './use-whole-value.ts'

interface SummaryTabProps {
  job: JobDetail
  address: JobAddress
}

/** What happened to a job and what it is, on one screen. */
export function SummaryTab({ job, address }: SummaryTabProps) {
  const { t } = useTranslation('jobs')
  const entries = useMemo(() => timelineOf(job), [job])
  const facts = useFacts(job, address.environment)
  const options = useWholeValue(address, 'opts', job.options ?? { size: 0, text: '', cut: false })
  const tree = useMemo(
    () => (options.value.text === '' ? null : readTree(options.value.text, options.value.cut)),
    [options.value],
  )
  return (
    <div className={classes.summary}>
      <section className={classes.block} aria-label={t('summary.timeline')}>
        <TimelineList entries={entries} />
      </section>
      <section className={classes.block} aria-label={t('summary.facts')}>
        <FactList facts={facts} />
      </section>
      {job.options === null ? null : (
        <div className={classes.options}>
          <JsonSection
            title={t('summary.options')}
            root="opts"
            whole={options}
            tree={tree}
            words=""
            target={null}
          />
        </div>
      )}
    </div>
  )
}

function useFacts(job: JobDetail, environment: string): Fact[] {
  const { t } = useTranslation('jobs')
  const format = useFormat()
  const { children } = job
  const all: (Fact | false)[] = [
    {
      label: t('summary.attempts'),
      value: (
        <span className="tabular">
          {t('summary.attemptsOf', { made: job.attemptsMade, allowed: job.attemptsAllowed })}
          {job.attemptsStarted === null || job.attemptsStarted === job.attemptsMade ? null : (
            <span className="dim">
              {' '}
              ({t('summary.attemptsStarted', { count: job.attemptsStarted })})
            </span>
          )}
        </span>
      ),
    },
    job.stalledCount > 0 && {
      label: t('summary.stalled'),
      value: (
        <span className={classes.warning}>
          {t('summary.stalledTimes', { count: job.stalledCount })}
        </span>
      ),
    },
    job.wait !== null && { label: t('summary.wait'), value: format.duration(job.wait) },
    job.duration !== null && { label: t('summary.duration'), value: format.duration(job.duration) },
    job.processedBy !== null && {
      label: t('summary.worker'),
      value: <ForeignText text={job.processedBy} mono />,
    },
    job.progress !== null &&
      job.progress !== 0 && {
        label: t('summary.progress'),
        value: <ProgressFact progress={job.progress} />,
      },
    job.priority > 0 && { label: t('summary.priority'), value: String(job.priority) },
    job.delay > 0 && { label: t('summary.delay'), value: format.duration(job.delay) },
    job.parent !== null && {
      label: t('summary.parent'),
      value: <ParentLink environment={environment} parent={job.parent} />,
    },
    job.scheduler !== null && {
      label: t('summary.scheduler'),
      value: <ForeignText text={job.scheduler} mono />,
    },
    job.deduplicationId !== null && {
      label: t('summary.deduplication'),
      value: <CopyText text={job.deduplicationId} what={t('summary.deduplication')} />,
    },
    children.pending + children.processed + children.failed > 0 && {
      label: t('summary.children'),
      value: [
        children.pending > 0 ? t('summary.childrenPending', { count: children.pending }) : null,
        children.processed > 0
          ? t('summary.childrenProcessed', { count: children.processed })
          : null,
        children.failed > 0 ? t('summary.childrenFailed', { count: children.failed }) : null,
      ]
        .filter((part) => part !== null)
        .join(', '),
    },
  ]
  return all.filter((fact) => fact !== false)
}

function ProgressFact({ progress }: { progress: number | string }) {
  const { t } = useTranslation('jobs')
  const format = useFormat()
  if (typeof progress === 'string') {
    return <ForeignText text={progress} mono />
  }
  const share = Math.max(0, Math.min(100, progress)) / 100
  return (
    <span className={classes.progress}>
      <Progress share={share} label={t('summary.progress')} />
      <span className="tabular">{format.share(share)}</span>
    </span>
  )
}

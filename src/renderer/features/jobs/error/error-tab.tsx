import { Button, SegmentedControl, Select } from '@mantine/core'
import { IconCheck, IconCircleCheck, IconCopy } from '@tabler/icons-react'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { JobDetail, JobValue } from '#shared/contract/jobs.ts'
import { parseStack } from '#shared/domain/stacktrace.ts'
import { useCopy } from '../../../ui/copy-text.tsx'
import { EmptyState } from '../../../ui/states.tsx'
import { CutNotice } from '../detail/cut-notice.tsx'
import type { JobAddress } from '../detail/use-job-detail.ts'
import { useWholeValue } from '../detail/use-whole-value.ts'
import { VirtualText } from '../text/virtual-text.tsx'
import { failedAttempts, type FailedAttempt } from './attempts.ts'
import classes from './error.module.css'
import { Message } from './message.tsx'
import { StackSectionView } from './stack-section.tsx'

const absent: JobValue = { size: 0, text: '', cut: false }
/** Attempts that fit as buttons; more become a list to choose from. */
const mostButtons = 5
/** Lines of a stack that are drawn one by one; a longer one is shown as text. */
const mostLines = 1_000

interface ErrorTabProps {
  job: JobDetail
  address: JobAddress
}

/** Why a job failed: the message, the calls that led there, causes, and every attempt that failed. */
export function ErrorTab({ job, address }: ErrorTabProps) {
  const { t } = useTranslation('jobs')
  const stacks = useWholeValue(address, 'stacktrace', job.stacktrace ?? absent)
  const reason = useWholeValue(address, 'failedReason', job.failedReason ?? absent)
  const { attempts, lost } = useMemo(
    () => failedAttempts(job, stacks.value.size === 0 ? null : stacks.value.text),
    [job, stacks.value],
  )
  const [chosen, setChosen] = useState<number | null>(null)
  const shown = attempts.find(({ number }) => number === chosen) ?? attempts.at(-1)
  const message = reason.value.text

  if (shown === undefined && message === '') {
    return (
      <EmptyState icon={IconCircleCheck} title={t('error.none')}>
        {t('error.noneText')}
      </EmptyState>
    )
  }
  return (
    <div className={classes.root}>
      {attempts.length > 1 ? (
        <AttemptChoice attempts={attempts} chosen={shown?.number ?? 0} onChoose={setChosen} />
      ) : null}
      {shown === undefined ? (
        <>
          <Message name={null} text={message} prominent />
          <CutNotice whole={reason} />
          <p className={classes.note}>{t('error.noTrace')}</p>
        </>
      ) : (
        <AttemptError key={shown.number} attempt={shown} message={message} />
      )}
      {lost === 0 ? null : <p className={classes.note}>{t('error.older', { count: lost })}</p>}
      {stacks.value.cut ? <p className={classes.note}>{t('error.cutStack')}</p> : null}
      <CutNotice whole={stacks} />
    </div>
  )
}

function AttemptError({ attempt, message }: { attempt: FailedAttempt; message: string }) {
  const { t } = useTranslation('jobs')
  const { copied, copy } = useCopy()
  const text = attempt.stack ?? message
  const stack = useMemo(() => parseStack(text), [text])
  const lines = useMemo(
    () => stack.sections.reduce((sum, section) => sum + section.body.length, 0),
    [stack],
  )
  return (
    <>
      {lines > mostLines ? (
        <div className={classes.asText}>
          <VirtualText label={t('error.attempt', { attempt: attempt.number })} text={text} />
        </div>
      ) : (
        stack.sections.map((section, index) => (
          // Sections have no identity but their place.
          // oxlint-disable-next-line react/no-array-index-key
          <StackSectionView key={index} section={section} />
        ))
      )}
      {attempt.stack === null ? <p className={classes.note}>{t('error.noStack')}</p> : null}
      <div>
        <Button
          variant="default"
          leftSection={
            copied ? <IconCheck size={14} aria-hidden /> : <IconCopy size={14} aria-hidden />
          }
          onClick={() => copy(text)}
        >
          {t('error.copy')}
        </Button>
      </div>
    </>
  )
}

interface AttemptChoiceProps {
  attempts: readonly FailedAttempt[]
  chosen: number
  onChoose: (attempt: number) => void
}

function AttemptChoice({ attempts, chosen, onChoose }: AttemptChoiceProps) {
  const { t } = useTranslation('jobs')
  const last = attempts.at(-1)?.number
  const data = attempts.map(({ number }) => ({
    value: String(number),
    label:
      number === last
        ? `${t('error.attempt', { attempt: number })} (${t('error.latest')})`
        : t('error.attempt', { attempt: number }),
  }))
  const common = {
    'aria-label': t('error.attempts'),
    data,
    value: String(chosen),
  }
  return attempts.length > mostButtons ? (
    <Select
      {...common}
      className={classes.choice}
      allowDeselect={false}
      onChange={(value) => onChoose(Number(value))}
    />
  ) : (
    <SegmentedControl {...common} onChange={(value) => onChoose(Number(value))} />
  )
}

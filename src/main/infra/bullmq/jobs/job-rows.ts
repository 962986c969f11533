import { firstLine } from '#shared/domain/first-line.ts'
import type { StateEntry } from '#core/jobs/ports.ts'
import type { JobRow } from '#shared/contract/jobs.ts'
import type { JobState } from '#shared/domain/job-state.ts'
import { Batch, countOf, type PipelineSender } from '../batch.ts'
import { jobKey } from '../keys.ts'
import { hashOf, progressOf, rowFields, rowOf } from './job-fields.ts'

/** A longer text is a payload; a list shows that it is there, not what it says. */
const longestText = 16 * 1024

/** A job to make a row of, with the state it stands in. */
export interface RowSubject extends StateEntry {
  queue: string
  state: JobState | 'unknown'
}

/**
 * Rows of jobs in two round trips: the lengths of the texts, then the small fields together with the
 * texts that are present and short. Jobs without a hash are left out.
 */
export async function readRows(
  sender: PipelineSender,
  prefix: string,
  subjects: readonly RowSubject[],
): Promise<(JobRow & { queue: string })[]> {
  if (subjects.length === 0) return []
  const sizes = new Batch()
  const sized = subjects.map((subject) => {
    const key = jobKey(prefix, subject.queue, subject.id)
    return {
      subject,
      key,
      errorSize: sizes.add('hstrlen', key, 'failedReason'),
      progressSize: sizes.add('hstrlen', key, 'progress'),
    }
  })
  await sizes.send(sender)

  const batch = new Batch()
  const asked = sized.map(({ subject, key, errorSize, progressSize }) => {
    const error = countOf(errorSize())
    const progress = countOf(progressSize())
    const fields = [...smallFieldsOf(subject)]
    if (isShort(error)) fields.push('failedReason')
    if (isShort(progress)) fields.push('progress')
    return { subject, error, progress, fields, reply: batch.add('hmget', key, ...fields) }
  })
  await batch.send(sender)

  return asked.flatMap(({ subject, error, progress, fields, reply }) => {
    const hash = hashOf(fields, reply())
    if (hash === null) return []
    const { queue, ...entry } = subject
    const message = isLong(error) ? sizeText(error) : (hash.failedReason ?? null)
    const row = rowOf(
      { finishedOn: subject.score, ...hash },
      {
        ...entry,
        error: message === null ? null : firstLine(message),
        progress: progressOf(isLong(progress) ? sizeText(progress) : (hash.progress ?? null)),
      },
    )
    return [{ ...row, queue }]
  })
}

type Field = (typeof rowFields)[number] | 'failedReason' | 'progress'

const unfinishedFields = rowFields.filter((field) => field !== 'finishedOn')

/** What finished stands in its set by when it finished. */
function smallFieldsOf({ state, score }: RowSubject): readonly Field[] {
  return score !== null && (state === 'failed' || state === 'completed')
    ? unfinishedFields
    : rowFields
}

const isLong = (size: number) => size > longestText
const isShort = (size: number) => size > 0 && !isLong(size)
const sizeText = (size: number) => `… (${Math.round(size / 1024)} KB)`

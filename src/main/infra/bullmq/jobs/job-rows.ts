import { firstLine } from '#shared/domain/first-line.ts'
import type { StateEntry } from '#core/jobs/ports.ts'
import type { JobRow } from '#shared/contract/jobs.ts'
import type { JobState } from '#shared/domain/job-state.ts'
import { Batch, countOf, type PipelineSender } from '../batch.ts'
import { jobKey } from '../keys.ts'
import { type HashFields, hashOf, progressOf, rowFields, rowOf } from './job-fields.ts'

/** A longer text is a payload; a list shows that it is there, not what it says. */
const longestText = 16 * 1024

/** A job to make a row of, with the state it stands in. */
export interface RowSubject extends StateEntry {
  queue: string
  state: JobState | 'unknown'
}

/**
 * Rows of jobs in two round trips: the lengths of the texts, then the small fields together with the
 * texts that are present and short. A third is made only for what few jobs have. Jobs without a hash
 * are left out.
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
    const fields: Field[] = [...(isFinished(subject) ? finishedFields : unfinishedFields)]
    if (isShort(error)) fields.push('failedReason')
    if (isShort(progress)) fields.push('progress')
    return { subject, key, error, progress, fields, reply: batch.add('hmget', key, ...fields) }
  })
  await batch.send(sender)

  const rare = new Batch()
  const read = asked.map(({ key, fields, reply, ...job }) => {
    const hash = hashOf(fields, reply())
    const missing = hash === null ? [] : rareFieldsOf(job.subject, hash)
    const more = missing.length > 0 ? rare.add('hmget', key, ...missing) : () => null
    return { ...job, hash, more: () => hashOf(missing, more()) }
  })
  await rare.send(sender)

  return read.flatMap(({ subject, error, progress, hash, more }) => {
    if (hash === null) return []
    const { queue, ...entry } = subject
    const message = isLong(error) ? sizeText(error) : (hash.failedReason ?? null)
    const row = rowOf(
      { finishedOn: subject.score, ...hash, ...more() },
      {
        ...entry,
        error: message === null ? null : firstLine(message),
        progress: progressOf(isLong(progress) ? sizeText(progress) : (hash.progress ?? null)),
      },
    )
    return [{ ...row, queue }]
  })
}

type RowField = (typeof rowFields)[number]
type Field = RowField | 'failedReason' | 'progress'

const without = (...fields: RowField[]) => rowFields.filter((field) => !fields.includes(field))
const unfinishedFields = without('parent')
/** What finished stands in its set by when it did. */
const finishedFields = without('parent', 'finishedOn', 'attemptsMade')

const isFinished = ({ state, score }: RowSubject) =>
  score !== null && (state === 'failed' || state === 'completed')

/** A parent's queue, and attempts of a finished job as they were counted before BullMQ 5. */
function rareFieldsOf(subject: RowSubject, hash: HashFields<Field>): RowField[] {
  const fields: RowField[] = []
  if (hash.parentKey) fields.push('parent')
  if (isFinished(subject) && hash.atm === null) fields.push('attemptsMade')
  return fields
}

const isLong = (size: number) => size > longestText
const isShort = (size: number) => size > 0 && !isLong(size)
const sizeText = (size: number) => `… (${Math.round(size / 1024)} KB)`

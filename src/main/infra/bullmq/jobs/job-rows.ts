import { firstLine } from '#shared/domain/first-line.ts'
import type { StateEntry } from '#core/jobs/ports.ts'
import type { JobRow } from '#shared/contract/jobs.ts'
import type { JobState } from '#shared/domain/job-state.ts'
import { Batch, countOf, type PipelineSender } from '../batch.ts'
import { jobKey } from '../keys.ts'
import { isLong, sizeText } from '../long-text.ts'
import { askMemory } from '../memory.ts'
import { type HashFields, hashOf } from '../job-hash.ts'
import { progressOf, rowFields, rowOf } from './job-fields.ts'

/**
 * Added up exactly; a hash of more fields is long by their number alone, so that
 * none is ever taken for small by an estimate.
 */
const sampledFields = 512

/** A job to make a row of, with the state it stands in. */
export interface RowSubject extends StateEntry {
  queue: string
  state: JobState | 'unknown'
}

/**
 * Rows of jobs in two round trips: what each hash takes in memory, then the fields of those that are
 * small as a whole. Of larger ones the lengths of the texts are asked in between, and only short texts
 * fetched. One more is made for what few jobs have. Jobs without a hash are left out.
 */
export async function readRows(
  sender: PipelineSender,
  prefix: string,
  subjects: readonly RowSubject[],
): Promise<(JobRow & { queue: string })[]> {
  if (subjects.length === 0) return []
  const sized = await withSizes(sender, prefix, subjects)

  const batch = new Batch()
  const asked = sized.map(({ subject, key, sizes }) => {
    const own = isFinished(subject) ? finishedFields : unfinishedFields
    const fields = own.filter((field) => !isLong(sizes[field] ?? 0))
    return { subject, key, sizes, fields, reply: batch.add('hmget', key, ...fields) }
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

  return read.flatMap(({ subject, sizes, hash, more }) => {
    if (hash === null) return []
    const { queue, ...entry } = subject
    const shown = (field: Text) => {
      const size = sizes[field] ?? 0
      return isLong(size) ? sizeText(size) : (hash[field] ?? null)
    }
    const error = shown('failedReason')
    const row = rowOf(
      prefix,
      { finishedOn: subject.score, ...hash, ...more(), name: shown('name') },
      {
        ...entry,
        error: error === null || error === '' ? null : firstLine(error),
        progress: progressOf(shown('progress')),
      },
    )
    return [{ ...row, queue }]
  })
}

type RowField = (typeof rowFields)[number]
type Field = RowField | 'failedReason' | 'progress'

/** What whoever adds a job may make as long as they like; BullMQ itself writes the rest. */
const texts = ['name', 'opts', 'failedReason', 'progress', 'rjk', 'parentKey'] as const
type Text = (typeof texts)[number]

/** Lengths of texts in bytes; without those of a hash that is small as a whole. */
type Sizes = Partial<Record<Field, number>>

async function withSizes(
  sender: PipelineSender,
  prefix: string,
  subjects: readonly RowSubject[],
): Promise<{ subject: RowSubject; key: string; sizes: Sizes }[]> {
  const batch = new Batch()
  const weighed = subjects.map((subject) => {
    const key = jobKey(prefix, subject.queue, subject.id)
    return { subject, key, memory: askMemory(batch, key, sampledFields) }
  })
  await batch.send(sender)
  const lengths = new Batch()
  const measured = weighed.map(({ subject, key, memory }) => {
    const large = isLong(memory() ?? Infinity)
    const asked = (large ? texts : []).map((field) => ({
      field,
      length: lengths.add('hstrlen', key, field),
    }))
    return { subject, key, asked }
  })
  await lengths.send(sender)
  return measured.map(({ subject, key, asked }) => ({
    subject,
    key,
    sizes: Object.fromEntries(asked.map(({ field, length }) => [field, countOf(length())])),
  }))
}

const without = (...fields: RowField[]): Field[] => [
  ...rowFields.filter((field) => !fields.includes(field)),
  'failedReason',
  'progress',
]
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

import { jobFields, type JobDetail, type JobValue } from '#shared/contract/jobs.ts'
import { firstLine } from '#shared/domain/first-line.ts'
import { Batch, countOf, wholeOf, type PipelineSender } from '../batch.ts'
import { placesOf } from '../job-place.ts'
import { jobKey, jobPartKey } from '../keys.ts'
import { isLong, sizeText } from '../long-text.ts'
import { type HashFields, hashOf } from '../job-hash.ts'
import { progressOf, rowFields, rowOf } from './job-fields.ts'
import { cutValue, isFetched } from './job-values.ts'

type Field = (typeof jobFields)[number]

/** Small fields of a job that a row does without. */
export const detailFields = ['stc', 'pb', 'deid', 'delay'] as const
const smallFields = [...rowFields.filter((field) => field !== 'opts'), ...detailFields] as const

/**
 * One job, everything asked by size first: small fields where they are small, values whole or cut, those
 * over 8 MB not fetched. Null when there is no such job; a key of the queue's own (`meta`) is none, since
 * it has no time.
 */
export async function readDetail(
  sender: PipelineSender,
  prefix: string,
  queue: string,
  job: string,
): Promise<JobDetail | null> {
  const key = jobKey(prefix, queue, job)
  const part = (name: Parameters<typeof jobPartKey>[3]) => jobPartKey(prefix, queue, job, name)
  const batch = new Batch()
  const isJob = batch.add('hexists', key, 'timestamp')
  const sizes = [...smallFields, ...jobFields].map(
    (field) => [field, batch.add('hstrlen', key, field)] as const,
  )
  const logCount = batch.add('llen', part('logs'))
  const pending = batch.add('scard', part('dependencies'))
  const processed = batch.add('hlen', part('processed'))
  const ignored = batch.add('hlen', part('failed'))
  const failed = batch.add('zcard', part('unsuccessful'))
  await batch.send(sender)
  if (countOf(isJob()) === 0) return null

  const size = new Map<string, number>(sizes.map(([field, reply]) => [field, countOf(reply())]))
  const sizeOf = (field: Field | SmallField) => size.get(field) ?? 0
  const [place, small, values] = await Promise.all([
    placesOf(sender, prefix, [{ queue, job }]),
    readSmall(sender, key, sizeOf),
    readValues(sender, key, sizeOf),
  ])
  const { failedReason, progress, opts } = values
  const name = isLong(sizeOf('name')) ? sizeText(sizeOf('name')) : (small.name ?? null)
  const row = rowOf(
    prefix,
    { ...small, name, opts: opts === null || opts.cut ? null : opts.text },
    {
      id: job,
      state: place[0]?.state ?? 'unknown',
      score: place[0]?.score ?? null,
      error: failedReason === null ? null : firstLine(failedReason.text),
      progress: progress === null ? null : progressOf(progress.text),
    },
  )
  return {
    ...row,
    queue,
    data: values.data,
    result: values.returnvalue,
    progressValue: progress,
    options: opts,
    failedReason,
    stacktrace: values.stacktrace,
    attemptsStarted: wholeOf(small.ats),
    stalledCount: wholeOf(small.stc) ?? 0,
    delay: wholeOf(small.delay) ?? 0,
    processedBy: small.pb ?? null,
    deduplicationId: small.deid ?? null,
    children: {
      pending: countOf(pending()),
      processed: countOf(processed()),
      failed: countOf(ignored()) + countOf(failed()),
    },
    logCount: countOf(logCount()),
    readAt: Date.now(),
  }
}

type SmallField = (typeof smallFields)[number]
type SizeOf = (field: Field | SmallField) => number

async function readSmall(
  sender: PipelineSender,
  key: string,
  sizeOf: SizeOf,
): Promise<HashFields<SmallField>> {
  const fields = smallFields.filter((field) => !isLong(sizeOf(field)))
  const batch = new Batch()
  const reply = batch.add('hmget', key, ...fields)
  await batch.send(sender)
  return hashOf(fields, reply()) ?? {}
}

async function readValues(
  sender: PipelineSender,
  key: string,
  sizeOf: SizeOf,
): Promise<Record<Field, JobValue | null>> {
  const batch = new Batch()
  const asked = jobFields.map((field) => {
    const size = sizeOf(field)
    const bytes = size > 0 && isFetched(size) ? batch.add('hgetBuffer', key, field) : () => null
    return { field, size, bytes }
  })
  await batch.send(sender)
  return Object.fromEntries(
    asked.map(({ field, size, bytes }) => [field, size === 0 ? null : cutValue(size, bytes())]),
  ) as Record<Field, JobValue | null>
}

import { Buffer } from 'node:buffer'
import type { JobDetail, JobValue, jobFields } from '#shared/contract/jobs.ts'
import { firstLine } from '#shared/domain/first-line.ts'
import { Batch, countOf, textsOf, wholeOf, type PipelineSender } from '../batch.ts'
import { jobKey, jobPartKey } from '../keys.ts'
import { hashOf, progressOf, rowFields, rowOf } from './job-fields.ts'
import { placesOf } from './job-place.ts'
import { cutValue, isFetched } from './job-values.ts'

type Field = (typeof jobFields)[number]

const valueFields: readonly Field[] = [
  'data',
  'returnvalue',
  'stacktrace',
  'failedReason',
  'opts',
  'progress',
]
const detailFields = ['stc', 'pb', 'deid', 'ats', 'delay'] as const

/**
 * One job, values asked by size first: small ones whole, those up to 8 MB cut, larger ones not fetched.
 * Null when there is no such job; a key of the queue's own (`meta`) is none, since it has no time.
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
  const hashReply = batch.add('hmget', key, ...rowFields)
  const others = batch.add('hmget', key, ...detailFields)
  const sizes = valueFields.map((field) => batch.add('hstrlen', key, field))
  const logCount = batch.add('llen', part('logs'))
  const pending = batch.add('scard', part('dependencies'))
  const processed = batch.add('hlen', part('processed'))
  const ignored = batch.add('hlen', part('failed'))
  const failed = batch.add('zcard', part('unsuccessful'))
  await batch.send(sender)
  const hash = hashOf(rowFields, hashReply())
  if (countOf(isJob()) === 0 || hash === null) return null

  const [place, values] = await Promise.all([
    placesOf(sender, prefix, [{ queue, job }]),
    readValues(
      sender,
      key,
      valueFields.map((field, index) => ({ field, size: countOf(sizes[index]?.()) })),
    ),
  ])
  const [stalled, processedBy, deduplicationId, started, delay] = textsOf(others())
  const { failedReason, progress } = values
  const row = rowOf(hash, {
    id: job,
    state: place[0]?.state ?? 'unknown',
    score: place[0]?.score ?? null,
    error: failedReason === null ? null : firstLine(failedReason.text),
    progress: progress === null ? null : progressOf(progress.text),
  })
  return {
    ...row,
    queue,
    data: values.data,
    result: values.returnvalue,
    progressValue: progress,
    options: values.opts,
    failedReason,
    stacktrace: values.stacktrace,
    attemptsStarted: wholeOf(started),
    stalledCount: wholeOf(stalled) ?? 0,
    delay: wholeOf(delay) ?? 0,
    processedBy: processedBy ?? null,
    deduplicationId: deduplicationId ?? null,
    children: {
      pending: countOf(pending()),
      processed: countOf(processed()),
      failed: countOf(ignored()) + countOf(failed()),
    },
    logCount: countOf(logCount()),
    readAt: Date.now(),
  }
}

async function readValues(
  sender: PipelineSender,
  key: string,
  fields: readonly { field: Field; size: number }[],
): Promise<Record<Field, JobValue | null>> {
  const batch = new Batch()
  const asked = fields.map(({ field, size }) => ({
    field,
    size,
    bytes: size > 0 && isFetched(size) ? batch.add('hgetBuffer', key, field) : () => null,
  }))
  await batch.send(sender)
  return Object.fromEntries(
    asked.map(({ field, size, bytes }) => [field, size === 0 ? null : cutValue(size, bytes())]),
  ) as Record<Field, JobValue | null>
}

/** Every field BullMQ is known to write, for hashes too large to fetch as they are. */
const knownFields: readonly string[] = [
  ...new Set([
    ...rowFields,
    ...valueFields,
    ...detailFields,
    'defa',
    'nrjid',
    'failedOn',
    'stackTrace',
    'debounceId',
  ]),
]

/** The hash as it stands; of one over 8 MB only the fields BullMQ writes. Null when there is none. */
export async function readRaw(
  sender: PipelineSender,
  prefix: string,
  queue: string,
  job: string,
): Promise<{ key: string; fields: (JobValue & { name: string })[] } | null> {
  const key = jobKey(prefix, queue, job)
  const batch = new Batch()
  const isJob = batch.add('hexists', key, 'timestamp')
  const lengths = knownFields.map((field) => batch.add('hstrlen', key, field))
  await batch.send(sender)
  if (countOf(isJob()) === 0) return null
  const sizes = knownFields.map((name, index) => ({ name, size: countOf(lengths[index]?.()) }))
  const total = sizes.reduce((sum, { size }) => sum + size, 0)
  const fields = isFetched(total)
    ? await readWhole(sender, key)
    : await readKnown(
        sender,
        key,
        sizes.filter(({ size }) => size > 0),
      )
  return { key, fields: fields.toSorted((one, other) => one.name.localeCompare(other.name)) }
}

async function readWhole(sender: PipelineSender, key: string) {
  const batch = new Batch()
  const hash = batch.add('hgetallBuffer', key)
  await batch.send(sender)
  const reply = hash()
  const flat: unknown[] = Array.isArray(reply) ? reply : []
  return flat.flatMap((name, index) => {
    const bytes = flat[index + 1]
    const isField = index % 2 === 0 && Buffer.isBuffer(name) && Buffer.isBuffer(bytes)
    return isField ? [{ name: name.toString(), ...cutValue(bytes.length, bytes) }] : []
  })
}

async function readKnown(
  sender: PipelineSender,
  key: string,
  sizes: readonly { name: string; size: number }[],
) {
  const batch = new Batch()
  const asked = sizes.map(({ name, size }) => ({
    name,
    size,
    bytes: isFetched(size) ? batch.add('hgetBuffer', key, name) : () => null,
  }))
  await batch.send(sender)
  return asked.map(({ name, size, bytes }) => ({ name, ...cutValue(size, bytes()) }))
}

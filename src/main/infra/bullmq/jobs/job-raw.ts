import { Buffer } from 'node:buffer'
import { jobFields, type JobValue } from '#shared/contract/jobs.ts'
import { Batch, countOf, type PipelineSender } from '../batch.ts'
import { jobKey } from '../keys.ts'
import { askMemory } from '../memory.ts'
import { detailFields } from './job-detail.ts'
import { rowFields } from './job-fields.ts'
import { cutValue, isFetched } from './job-values.ts'

/** Every field BullMQ is known to write, for hashes too large to fetch as they are. */
const knownFields: readonly string[] = [
  ...new Set([
    ...rowFields,
    ...jobFields,
    ...detailFields,
    'defa',
    'nrjid',
    'failedOn',
    'stackTrace',
    'debounceId',
  ]),
]

type RawField = JobValue & { name: string }

/**
 * The hash as it stands; of one over 8 MB only the fields BullMQ writes, since fields with other names
 * cannot be asked for without their values. Null when there is no such job.
 */
export async function readRaw(
  sender: PipelineSender,
  prefix: string,
  queue: string,
  job: string,
): Promise<{ key: string; fields: RawField[] } | null> {
  const key = jobKey(prefix, queue, job)
  const batch = new Batch()
  const isJob = batch.add('hexists', key, 'timestamp')
  const memory = askMemory(batch, key, 0)
  const fieldCount = batch.add('hlen', key)
  const lengths = knownFields.map((field) => batch.add('hstrlen', key, field))
  await batch.send(sender)
  if (countOf(isJob()) === 0) return null
  const sizes = knownFields.map((name, index) => ({ name, size: countOf(lengths[index]?.()) }))
  const filled = sizes.filter(({ size }) => size > 0)
  // Without a field of another name, the known sizes are the whole of it.
  const known = filled.length === countOf(fieldCount())
  const total = known ? filled.reduce((sum, { size }) => sum + size, 0) : (memory() ?? Infinity)
  const fields = isFetched(total)
    ? await readWhole(sender, key)
    : await readKnown(sender, key, sizes)
  return { key, fields: fields.toSorted((one, other) => one.name.localeCompare(other.name)) }
}

async function readWhole(sender: PipelineSender, key: string): Promise<RawField[]> {
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
): Promise<RawField[]> {
  const batch = new Batch()
  const asked = sizes.map(({ name, size }) => ({
    name,
    size,
    bytes: isFetched(size) ? batch.add('hgetBuffer', key, name) : () => null,
  }))
  await batch.send(sender)
  return asked.flatMap(({ name, size, bytes }) => {
    // A field without a length may be empty or absent.
    const absent = size === 0 && bytes() === null
    return absent ? [] : [{ name, ...cutValue(size, bytes()) }]
  })
}

import type { RawDetails } from '#core/mirror/ports.ts'
import { Batch, countOf, textsOf, type PipelineSender } from '../batch.ts'
import { jobKey } from '../keys.ts'
import { isLongError } from '../long-text.ts'
import { askMemory } from '../memory.ts'

const fields = ['stacktrace', 'data', 'returnvalue', 'progress'] as const
type Field = (typeof fields)[number]

/** Bytes of one reply. */
const atOnce = 1_000_000
/** A hash that takes no more is fetched without asking how long each of its fields is. */
const small = 65_536
/** Added up exactly: no job's hash has as many fields. */
const sampledFields = 512

/**
 * Large fields of jobs, those within `cap` bytes, in replies of a megabyte or so; null where there is no such
 * hash. Of a job with a longer one it is said, also where that is its error, which is read with the index. What is
 * read grows between the looks only by what a worker writes meanwhile.
 */
export async function readDetails(
  sender: PipelineSender,
  prefix: string,
  queue: string,
  ids: readonly string[],
  { stacktrace, payload, cap }: { stacktrace: boolean; payload: boolean; cap: number },
): Promise<(RawDetails | null)[]> {
  const wanted = fields.filter((field) => (field === 'stacktrace' ? stacktrace : payload))
  const weights = new Batch()
  const weighed = ids.map((id) => {
    const key = jobKey(prefix, queue, id)
    return { id, key, memory: askMemory(weights, key, sampledFields) }
  })
  await weights.send(sender, 'background')
  const sizes = new Batch()
  const measured = weighed.map(({ id, key, memory }) => {
    const bytes = memory()
    const isSmall = bytes !== null && bytes <= Math.min(small, cap)
    const lengths = isSmall
      ? null
      : wanted.map((field) => [field, sizes.add('hstrlen', key, field)] as const)
    const error = isSmall || !stacktrace ? () => 0 : sizes.add('hstrlen', key, 'failedReason')
    return { id, key, bytes, lengths, error }
  })
  await sizes.send(sender, 'background')
  const found = measured.map(({ id, key, bytes, lengths, error }): Found | null => {
    if (bytes === 0) return null
    if (lengths === null) return { id, key, kept: wanted, size: bytes ?? 0, tooLong: false }
    const known = lengths.map(([field, reply]) => ({ field, size: countOf(reply()) }))
    const kept = known.filter(({ size }) => size > 0 && size <= cap)
    return {
      id,
      key,
      kept: kept.map(({ field }) => field),
      size: kept.reduce((sum, { size }) => sum + size, 0),
      tooLong: known.some(({ size }) => size > cap) || isLongError(countOf(error())),
    }
  })
  const details: (RawDetails | null)[] = []
  for (let start = 0; start < found.length;) {
    let [end, bytes] = [start, 0]
    do {
      bytes += found[end]?.size ?? 0
      end += 1
    } while (end < found.length && bytes + (found[end]?.size ?? 0) <= atOnce)
    details.push(...(await readPart(sender, found.slice(start, end))))
    start = end
  }
  return details
}

interface Found {
  id: string
  key: string
  kept: readonly Field[]
  /** Bytes of what is kept. */
  size: number
  tooLong: boolean
}

async function readPart(
  sender: PipelineSender,
  found: readonly (Found | null)[],
): Promise<(RawDetails | null)[]> {
  const batch = new Batch()
  const replies = found.map((job) =>
    job === null || job.kept.length === 0 ? () => null : batch.add('hmget', job.key, ...job.kept),
  )
  await batch.send(sender, 'background')
  return found.map((job, index) => {
    if (job === null) return null
    const values = textsOf(replies[index]?.())
    const valueOf = (field: Field) => {
      const at = job.kept.indexOf(field)
      return at === -1 ? null : (values[at] ?? null)
    }
    return {
      id: job.id,
      stacktrace: valueOf('stacktrace'),
      data: valueOf('data'),
      returnvalue: valueOf('returnvalue'),
      progress: valueOf('progress'),
      ...(job.tooLong ? { tooLong: true } : {}),
    }
  })
}

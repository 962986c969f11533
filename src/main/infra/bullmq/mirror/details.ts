import type { RawDetails } from '#core/mirror/ports.ts'
import { Batch, countOf, textsOf, type PipelineSender } from '../batch.ts'
import { jobKey } from '../keys.ts'

const fields = ['stacktrace', 'data', 'returnvalue', 'progress'] as const
type Field = (typeof fields)[number]

/** Bytes of one reply. */
const atOnce = 1_000_000

/**
 * Large fields of jobs, those within `cap` bytes, in replies of a megabyte or so; null where there is no such
 * hash. What is read grows between the two looks only by what a worker writes meanwhile.
 */
export async function readDetails(
  sender: PipelineSender,
  prefix: string,
  queue: string,
  ids: readonly string[],
  { stacktrace, payload, cap }: { stacktrace: boolean; payload: boolean; cap: number },
): Promise<(RawDetails | null)[]> {
  const wanted = fields.filter((field) => (field === 'stacktrace' ? stacktrace : payload))
  const sizes = new Batch()
  const asked = ids.map((id) => {
    const key = jobKey(prefix, queue, id)
    return {
      id,
      key,
      isJob: sizes.add('hexists', key, 'timestamp'),
      lengths: wanted.map((field) => [field, sizes.add('hstrlen', key, field)] as const),
    }
  })
  await sizes.send(sender, 'background')
  const found = asked.map(({ id, key, isJob, lengths }) => {
    if (countOf(isJob()) === 0) return null
    const kept = lengths.flatMap(([field, reply]) => {
      const size = countOf(reply())
      return size > 0 && size <= cap ? [{ field, size }] : []
    })
    return { id, key, kept, size: kept.reduce((sum, { size }) => sum + size, 0) }
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
  kept: readonly { field: Field }[]
}

async function readPart(
  sender: PipelineSender,
  found: readonly (Found | null)[],
): Promise<(RawDetails | null)[]> {
  const batch = new Batch()
  const replies = found.map((job) =>
    job === null || job.kept.length === 0
      ? () => null
      : batch.add('hmget', job.key, ...job.kept.map(({ field }) => field)),
  )
  await batch.send(sender, 'background')
  return found.map((job, index) => {
    if (job === null) return null
    const values = textsOf(replies[index]?.())
    const valueOf = (field: Field) => {
      const at = job.kept.findIndex((kept) => kept.field === field)
      return at === -1 ? null : (values[at] ?? null)
    }
    return {
      id: job.id,
      stacktrace: valueOf('stacktrace'),
      data: valueOf('data'),
      returnvalue: valueOf('returnvalue'),
      progress: valueOf('progress'),
    }
  })
}

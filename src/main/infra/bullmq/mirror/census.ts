import type { QueueCensus } from '#core/mirror/ports.ts'
import type { StateCounts } from '#shared/contract/queues.ts'
import { jobStates } from '#shared/domain/job-state.ts'
import { type Batch, countOf, idsOf, textOf, textsOf } from '../batch.ts'
import { isMarkerId, pausedSuffix, queueKey, stateKeys } from '../keys.ts'
import { isRefusal } from './refusal.ts'

/**
 * Adds what a queue is asked to a batch; the function it gives reads the replies, an Error where one was refused:
 * what was not answered must never look like an empty queue.
 */
export function askCensus(batch: Batch, prefix: string, queue: string): () => QueueCensus | Error {
  const key = (suffix: string) => queueKey(prefix, queue, suffix)
  // First of all: what is counted after it is in the stream behind this place, or was counted.
  const stream = batch.add('xinfo', 'STREAM', key('events'))
  const lengths = jobStates.map((state) => {
    const { suffix, type } = stateKeys[state]
    return [state, batch.add(type === 'list' ? 'llen' : 'zcard', key(suffix))] as const
  })
  const paused = batch.add('llen', key(pausedSuffix))
  const ends = [batch.add('lindex', key('wait'), 0), batch.add('lindex', key('wait'), -1)]
  const meta = batch.add('hmget', key('meta'), 'version', 'opts.maxLenEvents')
  const known = batch.add('exists', key('meta'), key('id'))
  return () => {
    const needed = [...lengths.map(([, reply]) => reply), paused]
    const refused = needed.map((reply) => reply()).find((reply) => isRefusal(reply))
    if (refused instanceof Error) return refused
    const counts = Object.fromEntries(
      lengths.map(([state, reply]) => [state, countOf(reply())]),
    ) as StateCounts
    const markers = new Set(idsOf(ends.map((reply) => reply())).filter(isMarkerId)).size
    counts.waiting = Math.max(0, counts.waiting + countOf(paused()) - markers)
    const marked = textsOf(meta()).some((value) => value !== null)
    const told = streamOf(stream())
    const hasStream = !(stream() instanceof Error) || isMissing(stream())
    const library = marked || told.length > 0 ? 'bullmq' : 'bull'
    return {
      queue,
      at: Date.now(),
      library,
      exists:
        isRefusal(known()) ||
        countOf(known()) > 0 ||
        told.length > 0 ||
        Object.values(counts).some((count) => count > 0),
      counts,
      stream: library === 'bull' || !hasStream ? null : told,
    }
  }
}

/** There may be one later; anything else Redis says means that it cannot be followed. */
const isMissing = (reply: unknown) => reply instanceof Error && /no such key/i.test(reply.message)

type Stream = NonNullable<QueueCensus['stream']>

/** Of a stream that is not there yet, the beginning. */
const beginning: Stream = { last: { id: '0-0', added: 0 }, first: null, length: 0 }

function streamOf(reply: unknown): Stream {
  if (!Array.isArray(reply)) return beginning
  const fields = new Map<unknown, unknown>()
  for (let index = 0; index + 1 < reply.length; index += 2) {
    fields.set(reply[index], reply[index + 1])
  }
  const added = fields.get('entries-added')
  const first = fields.get('first-entry')
  return {
    last: {
      id: textOf(fields.get('last-generated-id')) ?? '0-0',
      added: typeof added === 'number' ? added : null,
    },
    first: Array.isArray(first) ? textOf(first[0]) : null,
    length: countOf(fields.get('length')),
  }
}

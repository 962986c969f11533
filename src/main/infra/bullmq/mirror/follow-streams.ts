import type { Buffer } from 'node:buffer'
import type { Redis } from 'ioredis'
import { pause } from '#core/live-value.ts'
import type { EventBatch, QueueEvent } from '#core/mirror/ports.ts'
import type { RedisLink } from '../../redis/link.ts'
import { sendCommands } from '../../redis/send-commands.ts'
import { StreamPace } from './stream-pace.ts'

/** Milliseconds a read waits for something to happen. */
const block = 1000
/** Beyond that, silence means that the connection is dead. */
const patience = 5000
/** Bytes of an error's text that are kept of a job that is gone. */
const longestMessage = 4000

export interface FollowedStream {
  queue: string
  key: string
  /** Entry id after which to read. */
  from: string
}

/**
 * What is added to streams that one connection can read at once, from now until the signal aborts; an empty
 * batch each second in which nothing is. Throws when the connection ends or Redis refuses.
 */
export async function* followStreams(
  link: RedisLink,
  streams: readonly FollowedStream[],
  signal: AbortSignal,
): AsyncGenerator<EventBatch, void, undefined> {
  const [first] = streams
  if (first === undefined || signal.aborted) return
  const redis = await link.blocking(first.key)
  const end = () => redis.disconnect()
  signal.addEventListener('abort', end, { once: true })
  const reading = new StreamReading(streams)
  try {
    while (!signal.aborted) {
      // Not behind a backfill that waits for its part: what is trimmed meanwhile would be missed.
      await link.room('interactive')
      const batch = await reading.next(redis)
      if (signal.aborted) return
      yield batch
      await pause(reading.rest, signal)
    }
  } catch (error) {
    if (!signal.aborted) throw link.consoleError(error)
  } finally {
    signal.removeEventListener('abort', end)
    redis.disconnect()
  }
}

class StreamReading {
  readonly #streams: Map<string, FollowedStream>
  readonly #pace = new StreamPace(performance.now())

  constructor(streams: readonly FollowedStream[]) {
    this.#streams = new Map(streams.map((stream) => [stream.key, { ...stream }]))
  }

  /** Milliseconds to leave Redis alone now. */
  get rest(): number {
    return this.#pace.rest
  }

  async next(redis: Redis): Promise<EventBatch> {
    const streams = [...this.#streams.values()]
    const asked = streams.map(({ queue }) => queue)
    const before = redis.stream.bytesRead
    const [answer] = await inTime(
      sendCommands(redis, [
        [
          // Bytes: results of jobs are among them, which nobody reads here.
          'xreadBuffer',
          'COUNT',
          this.#pace.count,
          'BLOCK',
          block,
          'STREAMS',
          ...streams.map(({ key }) => key),
          ...streams.map(({ from }) => from),
        ],
      ]),
    )
    if (answer instanceof Error) throw answer
    const { busiest, ...batch } = this.#take(answer)
    const bytes = redis.stream.bytesRead - before
    const read = { bytes, entries: batch.events.length, busiest, streams: batch.positions.size }
    this.#pace.read(read, performance.now())
    return { ...batch, asked }
  }

  #take(reply: unknown): Omit<EventBatch, 'asked'> & { busiest: number } {
    let busiest = 0
    const events: QueueEvent[] = []
    const more = new Set<string>()
    const positions = new Map<string, string>()
    for (const [key, entries] of (reply ?? []) as [Buffer, [Buffer, Buffer[]][]][]) {
      const stream = this.#streams.get(key.toString())
      if (stream === undefined) continue
      for (const [id, fields] of entries) events.push(eventOf(stream.queue, id, fields))
      stream.from = entries.at(-1)?.[0].toString() ?? stream.from
      positions.set(stream.queue, stream.from)
      busiest = Math.max(busiest, entries.length)
      if (entries.length >= this.#pace.count) more.add(stream.queue)
    }
    return { events, positions, more, busiest }
  }
}

/** The fields of an entry that say something of the job: also where their order changes. */
function eventOf(queue: string, entry: Buffer, fields: readonly Buffer[]): QueueEvent {
  const event: QueueEvent = {
    queue,
    id: entry.toString(),
    event: '',
    job: null,
    name: null,
    message: null,
  }
  for (let index = 0; index + 1 < fields.length; index += 2) {
    const value = fields[index + 1]
    if (value === undefined) continue
    switch (fields[index]?.toString()) {
      case 'event':
        event.event = value.toString()
        break
      case 'jobId':
        event.job = value.toString()
        break
      case 'name':
        event.name = value.toString()
        break
      case 'failedReason':
        event.message = value.subarray(0, longestMessage).toString()
        break
      default:
    }
  }
  return event
}

async function inTime<Result>(work: Promise<Result>): Promise<Result> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('timed out')), block + patience)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}

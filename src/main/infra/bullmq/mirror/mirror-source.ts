import type {
  EventBatch,
  MirrorSource,
  PackedFields,
  QueueCensus,
  RawDetails,
  RawFields,
} from '#core/mirror/ports.ts'
import type { JobState } from '#shared/domain/job-state.ts'
import { firstPrefix } from '#shared/domain/queue-reference.ts'
import { Batch, countOf, idsOf, numberOf, textOf, type PipelineSender } from '../batch.ts'
import { placesOf } from '../job-place.ts'
import { isMarkerId, jobKey, listSuffixesOf, queueKey, stateKeys } from '../keys.ts'
import { slotOf } from '../../redis/cluster/key-slot.ts'
import type { RedisLink } from '../../redis/link.ts'
import { askCensus } from './census.ts'
import { readDetails } from './details.ts'
import { type FollowedStream, followStreams } from './follow-streams.ts'
import { type BulkSender, IndexRows } from './index-rows.ts'
import { merged } from './merged.ts'
import { isRefusal } from './refusal.ts'

/** Queues in one round trip of a census: some 250 commands. */
const censusAtOnce = 16

/** Reads Redis for the mirror. All of it is background work, within the rights of a read-only user. */
export class RedisMirrorSource implements MirrorSource {
  readonly #link: RedisLink
  readonly #bulk: PipelineSender
  readonly #sender: ReturnType<typeof refusing>
  readonly #prefix: string
  readonly #rows: IndexRows

  constructor(link: RedisLink, prefixes: readonly string[]) {
    this.#link = link
    this.#prefix = firstPrefix(prefixes)
    this.#bulk = throughBulk(link)
    this.#sender = refusing(link)
    this.#rows = new IndexRows(this.#sender, this.#prefix)
  }

  async census(queues: readonly string[]): Promise<QueueCensus[]> {
    const found: QueueCensus[] = []
    let denied: Error | null = null
    for (let start = 0; start < queues.length; start += censusAtOnce) {
      const batch = new Batch()
      const asked = queues
        .slice(start, start + censusAtOnce)
        .map((queue) => askCensus(batch, this.#prefix, queue))
      await batch.send(this.#bulk)
      for (const take of asked) {
        const census = take()
        if (census instanceof Error) denied = census
        else found.push(census)
      }
    }
    if (denied !== null && found.length === 0) throw this.#link.consoleError(denied)
    return found
  }

  async ids(
    queue: string,
    state: JobState,
    from: number,
    count: number,
  ): Promise<{ id: string; score: number | null }[]> {
    const batch = new Batch()
    if (stateKeys[state].type === 'zset') {
      const key = this.#key(queue, state)
      const reply = batch.add('zrevrange', key, from, from + count - 1, 'WITHSCORES')
      await batch.send(this.#sender, 'background')
      return scored(reply())
    }
    const [first = '', second] = listSuffixesOf(state).map((suffix) =>
      queueKey(this.#prefix, queue, suffix),
    )
    const length = batch.add('llen', first)
    const head = batch.add('lrange', first, from, from + count - 1)
    await batch.send(this.#sender, 'background')
    const ids = idsOf(head())
    if (second !== undefined && ids.length < count) {
      const rest = new Batch()
      const start = Math.max(0, from - countOf(length()))
      const tail = rest.add('lrange', second, start, start + count - ids.length - 1)
      await rest.send(this.#sender, 'background')
      ids.push(...idsOf(tail()))
    }
    return ids.filter((id) => !isMarkerId(id)).map((id) => ({ id, score: null }))
  }

  async idsByScore(
    queue: string,
    state: JobState,
    range: { from: number; to: number; offset: number; count: number; newestFirst?: boolean },
  ): Promise<{ id: string; score: number }[]> {
    const { from, to, offset, count, newestFirst = false } = range
    const [first, last] = newestFirst ? [to, from] : [from, to]
    const [reply] = await this.#sender.bulk([
      [
        newestFirst ? 'zrevrangebyscore' : 'zrangebyscore',
        this.#key(queue, state),
        edge(first),
        edge(last),
        'WITHSCORES',
        'LIMIT',
        offset,
        count,
      ],
    ])
    return scored(reply)
  }

  async scores(queue: string, state: JobState, ids: readonly string[]): Promise<(number | null)[]> {
    const batch = new Batch()
    const replies = ids.map((id) => batch.add('zscore', this.#key(queue, state), id))
    await batch.send(this.#sender, 'background')
    return replies.map((reply) => numberOf(textOf(reply())))
  }

  async buckets(queue: string, state: JobState, edges: readonly number[]): Promise<number[]> {
    const batch = new Batch()
    const replies = edges.map((from, index) => {
      const next = edges[index + 1]
      const until = next === undefined ? '+inf' : `(${edge(next)}`
      return batch.add('zcount', this.#key(queue, state), edge(from), until)
    })
    await batch.send(this.#sender, 'background')
    return replies.map((reply) => countOf(reply()))
  }

  fields(queue: string, ids: readonly string[]): Promise<(RawFields | null)[]> {
    return this.#rows.read(queue, ids)
  }

  packed(queue: string, ids: readonly string[]): Promise<PackedFields | null> {
    return this.#rows.packed(queue, ids)
  }

  async places(
    queue: string,
    ids: readonly string[],
  ): Promise<({ state: JobState | 'unknown'; score: number | null } | null)[]> {
    const batch = new Batch()
    const asked = ids.map((id) => batch.add('hlen', jobKey(this.#prefix, queue, id)))
    await batch.send(this.#sender, 'background')
    const there = ids.filter((_, index) => countOf(asked[index]?.()) > 0)
    const places = await placesOf(
      this.#sender,
      this.#prefix,
      there.map((job) => ({ queue, job })),
    )
    const known = new Map(there.map((id, index) => [id, places[index]]))
    return ids.map((id) => {
      const place = known.get(id)
      return place === undefined ? null : { state: place.state, score: numberOf(place.score) }
    })
  }

  details(
    queue: string,
    ids: readonly string[],
    which: { stacktrace: boolean; payload: boolean; cap: number },
  ): Promise<(RawDetails | null)[]> {
    return readDetails(this.#sender, this.#prefix, queue, ids, which)
  }

  async *follow(
    positions: ReadonlyMap<string, string>,
    signal: AbortSignal,
  ): AsyncGenerator<EventBatch, void, undefined> {
    const streams = [...positions].map(([queue, from]) => ({
      queue,
      key: queueKey(this.#prefix, queue, 'events'),
      from,
    }))
    const ended = new AbortController()
    const until = AbortSignal.any([signal, ended.signal])
    try {
      yield* merged(this.#readable(streams).map((group) => followStreams(this.#link, group, until)))
    } finally {
      ended.abort()
    }
  }

  /** Streams that one command may name. */
  #readable(streams: readonly FollowedStream[]): FollowedStream[][] {
    if (!this.#link.clustered) return streams.length === 0 ? [] : [[...streams]]
    const groups = new Map<number, FollowedStream[]>()
    for (const stream of streams) {
      const slot = slotOf(stream.key)
      groups.set(slot, [...(groups.get(slot) ?? []), stream])
    }
    return [...groups.values()]
  }

  #key(queue: string, state: JobState): string {
    return queueKey(this.#prefix, queue, stateKeys[state].suffix)
  }
}

/** Redis writes infinities its own way. */
const edge = (score: number): string | number =>
  score === Infinity ? '+inf' : score === -Infinity ? '-inf' : score

function scored(reply: unknown): { id: string; score: number }[] {
  const flat = idsOf(reply)
  return Array.from({ length: Math.floor(flat.length / 2) }, (_, index) => ({
    id: flat[2 * index] ?? '',
    score: Number(flat[2 * index + 1]),
  }))
}

/** Never where a person waits, nor where PING tells how Redis is: it would wait for all that is read here. */
function throughBulk(link: RedisLink): PipelineSender {
  return {
    environment: link.environment,
    consoleError: (error) => link.consoleError(error),
    pipeline: (commands) => link.bulk(commands),
  }
}

/** A sender that throws instead of handing out replies that look like nothing is there. */
function refusing(link: RedisLink): BulkSender {
  const answered = (needed: readonly unknown[], replies: unknown[]) => {
    const refused = needed.find((reply) => isRefusal(reply))
    if (refused !== undefined) throw link.consoleError(refused)
    return replies
  }
  return {
    ...throughBulk(link),
    async pipeline(commands) {
      const replies = await link.bulk(commands)
      // Who may not ask what a key takes is asked for more sizes instead.
      const needed = replies.filter((_, index) => commands[index]?.[0] !== 'memory')
      return answered(needed, replies)
    },
    async bulk(commands) {
      const replies = await link.bulk(commands)
      return answered(replies, replies)
    },
    async packed(name, keys, rest) {
      const replies = await link.packed(name, keys, rest)
      answered(replies?.refused ?? [], [])
      return replies
    },
  }
}

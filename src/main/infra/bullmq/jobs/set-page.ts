import { Buffer } from 'node:buffer'
import type { ListPosition, StateEntry } from '#core/jobs/ports.ts'
import { Batch, countOf, idsOf, type PipelineSender } from '../batch.ts'
import type { Slice, TakeSlice } from './state-page.ts'

interface SetQuery {
  after: ListPosition | null
  limit: number
  ascending: boolean
}

/** Beyond so many members of equal score the place is found by rank instead. */
const tieMargin = 8

/**
 * Pages a sorted set by (score, member), exact also when jobs come and go between two pages. Members of
 * equal score are in the order of their bytes, as Redis keeps them.
 */
export function askSet(
  sender: PipelineSender,
  batch: Batch,
  key: string,
  { after, limit, ascending }: SetQuery,
): TakeSlice {
  const [range, rangeByScore] = ascending
    ? (['zrange', 'zrangebyscore'] as const)
    : (['zrevrange', 'zrevrangebyscore'] as const)
  if (after?.kind !== 'set') {
    const head = batch.add(range, key, 0, limit, 'WITHSCORES')
    return () => sliceOf(entriesOf(head()), limit)
  }
  const { score, id } = after
  const end = ascending ? '+inf' : '-inf'
  const size = limit + 1 + tieMargin
  const near = batch.add(rangeByScore, key, score, end, 'WITHSCORES', 'LIMIT', 0, size)
  const place: Place = { key, score: Number(score), id, ascending, range }
  return async () => {
    const entries = entriesOf(near())
    const first = entries.findIndex((entry) => isBehind(entry, place))
    if (entries.length < size || (first !== -1 && entries.length - first > limit)) {
      return sliceOf(first === -1 ? [] : entries.slice(first), limit)
    }
    // So many of equal score that the place was not in reach. Not by ZRANK, which is not among the
    // commands of a read-only user, and knows nothing of a job that is gone.
    const start = await firstRankBehind(sender, place)
    return sliceOf(await readBehind(sender, place, start, limit), limit)
  }
}

/** Where a page ended. */
interface Place {
  key: string
  score: number
  id: string
  ascending: boolean
  range: 'zrange' | 'zrevrange'
}

/** How many members before the place are read along, to see that none was jumped over. */
const overlap = 16
const tries = 8

/**
 * Up to `limit` + 1 members behind a place whose rank was `start` a moment ago. Ranks move when jobs go
 * meanwhile, so the reading begins before the place, and further before when that was not enough.
 */
async function readBehind(
  sender: PipelineSender,
  place: Place,
  start: number,
  limit: number,
): Promise<StateEntry[]> {
  let from = Math.max(0, start - overlap)
  for (let attempt = 1; ; attempt += 1) {
    const batch = new Batch()
    const until = from + overlap + limit
    const reply = batch.add(place.range, place.key, from, until, 'WITHSCORES')
    await batch.send(sender)
    const entries = entriesOf(reply())
    const first = entries.findIndex((entry) => isBehind(entry, place))
    const ended = entries.length < until - from + 1
    const jumped = from > 0 && (first === 0 || entries.length === 0)
    const complete = !jumped && (ended || (first !== -1 && entries.length - first > limit))
    if (complete || attempt === tries) return first === -1 ? [] : entries.slice(first)
    from = jumped
      ? Math.max(0, from - overlap * 4 ** attempt)
      : from + (first === -1 ? entries.length : first) - 1
  }
}

/** Probes of one round trip when a place is looked for among many members of equal score. */
const probesPerTrip = 16

/** The rank of the first member behind a place, whether or not its own member is still there. */
async function firstRankBehind(sender: PipelineSender, place: Place): Promise<number> {
  const { key, score, ascending, range } = place
  const batch = new Batch()
  const before = ascending
    ? batch.add('zcount', key, '-inf', `(${score}`)
    : batch.add('zcount', key, `(${score}`, '+inf')
  const equal = batch.add('zcount', key, score, score)
  await batch.send(sender)
  let low = countOf(before())
  let high = low + countOf(equal())
  while (low < high) {
    const step = Math.max(1, Math.ceil((high - low) / (probesPerTrip + 1)))
    const probes = new Batch()
    const asked: { rank: number; member: () => unknown }[] = []
    for (let rank = low; rank < high && asked.length < probesPerTrip; rank += step) {
      asked.push({ rank, member: probes.add(range, key, rank, rank) })
    }
    await probes.send(sender)
    for (const { rank, member } of asked) {
      const [id] = idsOf(member())
      if (id === undefined || follows(id, place)) high = Math.min(high, rank)
      else low = Math.max(low, rank + 1)
    }
  }
  return high
}

/** Whether an entry comes after the place in the order of the list. */
function isBehind(entry: StateEntry, place: Place): boolean {
  const difference = Number(entry.score) - place.score
  if (difference === 0) return follows(entry.id, place)
  return place.ascending ? difference > 0 : difference < 0
}

/** Members of equal score stand in the order of their bytes. */
function follows(member: string, { id, ascending }: Place): boolean {
  const order = Buffer.compare(Buffer.from(member), Buffer.from(id))
  return ascending ? order > 0 : order < 0
}

function sliceOf(entries: StateEntry[], limit: number): Slice {
  const shown = entries.slice(0, limit)
  const last = shown.at(-1)
  const more = entries.length > limit && last !== undefined && last.score !== null
  return {
    entries: shown,
    next: more ? { kind: 'set', score: last.score ?? '0', id: last.id } : null,
  }
}

/** Members and scores as WITHSCORES gives them, one after the other. */
function entriesOf(reply: unknown): StateEntry[] {
  const flat = idsOf(reply)
  return Array.from({ length: Math.floor(flat.length / 2) }, (_, index) => ({
    id: flat[2 * index] ?? '',
    score: flat[2 * index + 1] ?? '0',
  }))
}

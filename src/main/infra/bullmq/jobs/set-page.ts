import { Buffer } from 'node:buffer'
import type { ListPosition, StateEntry } from '#core/jobs/ports.ts'
import { Batch, countOf, idsOf, textOf, type PipelineSender } from '../batch.ts'
import type { Slice, TakeSlice } from './state-page.ts'

interface SetQuery {
  after: ListPosition | null
  limit: number
  ascending: boolean
}

/** Beyond so many members of equal score the place is found by rank instead. */
const tieMargin = 32

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
  const [range, rangeByScore, rankOf] = ascending
    ? ['zrange', 'zrangebyscore', 'zrank']
    : ['zrevrange', 'zrevrangebyscore', 'zrevrank']
  if (after?.kind !== 'set') {
    const head = batch.add(range, key, 0, limit, 'WITHSCORES')
    return () => sliceOf(entriesOf(head()), limit)
  }
  const { score, id } = after
  const end = ascending ? '+inf' : '-inf'
  const size = limit + 1 + tieMargin
  const near = batch.add(rangeByScore, key, score, end, 'WITHSCORES', 'LIMIT', 0, size)
  const rank = batch.add(rankOf, key, id)
  const currentScore = batch.add('zscore', key, id)
  return async () => {
    const entries = entriesOf(near())
    const stayed = Number(textOf(currentScore()) ?? NaN) === Number(score)
    const isBehind = (entry: StateEntry) =>
      Number(entry.score) !== Number(score) || follows(entry.id, id, ascending)
    const first = entries.findIndex(isBehind)
    if (first !== -1 && (entries.length < size || entries.length - first > limit)) {
      return sliceOf(entries.slice(first), limit)
    }
    if (first === -1 && entries.length < size) return { entries: [], next: null }
    // So many of equal score that the place was not in reach.
    const start = stayed
      ? countOf(rank()) + 1
      : await firstRankBehind(sender, key, { score, id, ascending, range })
    const page = new Batch()
    const found = page.add(range, key, start, start + limit, 'WITHSCORES')
    await page.send(sender)
    return sliceOf(entriesOf(found()), limit)
  }
}

/** Looks among the members of equal score for the first that comes after one that is gone. */
async function firstRankBehind(
  sender: PipelineSender,
  key: string,
  { score, id, ascending, range }: { score: string; id: string; ascending: boolean; range: string },
): Promise<number> {
  const batch = new Batch()
  const before = ascending
    ? batch.add('zcount', key, '-inf', `(${score}`)
    : batch.add('zcount', key, `(${score}`, '+inf')
  const equal = batch.add('zcount', key, score, score)
  await batch.send(sender)
  let low = countOf(before())
  let high = low + countOf(equal())
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    const probe = new Batch()
    const found = probe.add(range, key, middle, middle)
    await probe.send(sender)
    const [member] = idsOf(found())
    if (member === undefined || follows(member, id, ascending)) high = middle
    else low = middle + 1
  }
  return low
}

function follows(member: string, id: string, ascending: boolean): boolean {
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

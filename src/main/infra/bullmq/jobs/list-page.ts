import type { ListPosition } from '#core/jobs/ports.ts'
import { Batch, idsOf, type PipelineSender } from '../batch.ts'
import type { Slice, TakeSlice } from './state-page.ts'

/** How far an id is looked for around where it stood; new jobs push it further in. */
const windowBehind = 50
const windowAhead = 250
/** How much deeper LPOS looks when the window missed it: a bounded walk. */
const searchDepth = 10_000

/**
 * Pages a list, newest (its head) first, through one or two lists one after the other. A list has no
 * keys to continue behind, so the last id is found again near where it stood. When it is gone the page
 * goes on from its index: callers drop ids they have.
 */
export function askList(
  sender: PipelineSender,
  batch: Batch,
  keys: readonly string[],
  { after, limit }: { after: ListPosition | null; limit: number },
): TakeSlice {
  const position = after?.kind === 'list' ? after : null
  const part = Math.min(position?.part ?? 0, keys.length - 1)
  const key = keys[part] ?? ''
  const from = position === null ? 0 : Math.max(0, position.index - windowBehind)
  const reach = position === null ? 0 : windowAhead
  const near = batch.add('lrange', key, from, (position?.index ?? 0) + limit + reach)
  const nextKey = keys[part + 1]
  const other = nextKey === undefined ? null : batch.add('lrange', nextKey, 0, limit)
  return async () => {
    const ids = idsOf(near())
    if (position === null) return sliceOf(ids, 0, part, limit, idsOf(other?.()))
    const found = ids.indexOf(position.id)
    if (found !== -1) {
      return sliceOf(ids.slice(found + 1), from + found + 1, part, limit, idsOf(other?.()))
    }
    const search = new Batch()
    const depth = position.index + searchDepth
    const place = search.add('lpos', key, position.id, 'MAXLEN', depth)
    await search.send(sender)
    const at = place()
    const start = typeof at === 'number' ? at + 1 : position.index
    const page = new Batch()
    const rest = page.add('lrange', key, start, start + limit)
    await page.send(sender)
    return sliceOf(idsOf(rest()), start, part, limit, idsOf(other?.()))
  }
}

/** `ids` begin at `start` of list `part`; `following` are the first of the list behind it. */
function sliceOf(
  ids: readonly string[],
  start: number,
  part: number,
  limit: number,
  following: readonly string[],
): Slice {
  const here = ids.slice(0, limit)
  const there = following.slice(0, limit - here.length)
  const entries = [...here, ...there].map((id) => ({ id, score: null }))
  const more = ids.length > limit || here.length + following.length > limit
  const last = entries.at(-1)
  if (!more || last === undefined) return { entries, next: null }
  const next: ListPosition =
    there.length > 0
      ? { kind: 'list', part: part + 1, index: there.length - 1, id: last.id }
      : { kind: 'list', part, index: start + here.length - 1, id: last.id }
  return { entries, next }
}

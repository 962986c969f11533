import type { ListPosition, PageQuery, StateEntry, StatePage } from '#core/jobs/ports.ts'
import type { StateCounts } from '#shared/contract/queues.ts'
import { jobStates, type JobState } from '#shared/domain/job-state.ts'
import { Batch, countOf, idsOf, textOf, type PipelineSender } from '../batch.ts'
import { isMarkerId, listSuffixesOf, pausedSuffix, queueKey, stateKeys } from '../keys.ts'
import { askList } from './list-page.ts'
import { askSet } from './set-page.ts'

/** Entries behind a position, and whether there are more. */
export interface Slice {
  entries: StateEntry[]
  next: ListPosition | null
}

/** What reads a slice: its commands are in the batch; a second look is taken only where it must. */
export type TakeSlice = () => Promise<Slice> | Slice

/**
 * A page of a state, newest first (what is due or run next first for `delayed` and `prioritized`), with
 * the queue's counts, in one round trip as a rule. Null when the queue has no key at all.
 */
export async function readStatePage(
  sender: PipelineSender,
  prefix: string,
  { queue, state, limit, after }: PageQuery,
): Promise<StatePage | null> {
  const batch = new Batch()
  const overview = askOverview(batch, prefix, queue)
  const key = (suffix: string) => queueKey(prefix, queue, suffix)
  const { suffix, type } = stateKeys[state]
  const take =
    type === 'zset'
      ? askSet(sender, batch, key(suffix), { after, limit, ascending: isAscending(state) })
      : askList(sender, batch, listSuffixesOf(state).map(key), { after, limit })
  await batch.send(sender)
  const { exists, counts, paused } = overview()
  if (!exists) return null
  const { entries, next } = await take()
  return { entries: entries.filter(({ id }) => !isMarkerId(id)), next, counts, paused }
}

/** Delayed jobs by when they are due, prioritized ones by when they run. */
export const isAscending = (state: JobState): boolean =>
  state === 'delayed' || state === 'prioritized'

interface Overview {
  exists: boolean
  counts: StateCounts
  paused: boolean
}

function askOverview(batch: Batch, prefix: string, queue: string): () => Overview {
  const key = (suffix: string) => queueKey(prefix, queue, suffix)
  const lengths = jobStates.map((state) => {
    const { suffix, type } = stateKeys[state]
    return [state, batch.add(type === 'list' ? 'llen' : 'zcard', key(suffix))] as const
  })
  const pausedLength = batch.add('llen', key(pausedSuffix))
  const exists = batch.add('exists', key('meta'), key('id'))
  const pausedMark = batch.add('hget', key('meta'), 'paused')
  const pausedByBull = batch.add('exists', key('meta-paused'))
  const ends = [batch.add('lindex', key('wait'), 0), batch.add('lindex', key('wait'), -1)]
  return () => {
    const counts = Object.fromEntries(
      lengths.map(([state, reply]) => [state, countOf(reply())]),
    ) as StateCounts
    const markers = new Set(idsOf(ends.map((reply) => reply())).filter(isMarkerId)).size
    counts.waiting = Math.max(0, counts.waiting + countOf(pausedLength()) - markers)
    const filled = Object.values(counts).some((count) => count > 0)
    return {
      exists: countOf(exists()) > 0 || filled,
      counts,
      paused: textOf(pausedMark()) !== null || countOf(pausedByBull()) > 0,
    }
  }
}

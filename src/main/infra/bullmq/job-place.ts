import { jobStates, type JobState } from '#shared/domain/job-state.ts'
import { Batch, countOf, textOf, type PipelineSender } from './batch.ts'
import { jobKey, jobPartKey, listSuffixesOf, queueKey, stateKeys } from './keys.ts'
import type { StateEntry } from '#core/jobs/ports.ts'
import { isInLists } from './list-search.ts'

const sets = jobStates.filter((state) => stateKeys[state].type === 'zset')
const lists = (['active', 'waiting'] as const).flatMap((state) =>
  listSuffixesOf(state).map((suffix) => ({ state, suffix })),
)

/** The state a job stands in, and its score there. */
export interface Place {
  state: JobState | 'unknown'
  score: string | null
}

/**
 * Where jobs stand. Sorted sets answer at once, and a lock tells of an active job; lists, where finding
 * takes longer the longer they are, are only asked for the rest.
 */
export async function placesOf(
  sender: PipelineSender,
  prefix: string,
  jobs: readonly { queue: string; job: string }[],
): Promise<Place[]> {
  const batch = new Batch()
  const asked = jobs.map(({ queue, job }) => ({
    locked: batch.add('exists', jobPartKey(prefix, queue, job, 'lock')),
    scores: sets.map((state) => ({
      state,
      score: batch.add('zscore', queueKey(prefix, queue, stateKeys[state].suffix), job),
    })),
  }))
  await batch.send(sender)
  const settled = asked.map(({ locked, scores }): Place | null => {
    const found = scores.find(({ score }) => textOf(score()) !== null)
    if (found !== undefined) return { state: found.state, score: textOf(found.score()) }
    return countOf(locked()) === 1 ? { state: 'active', score: null } : null
  })
  const searched = jobs.flatMap(({ queue, job }, index) =>
    settled[index] === null
      ? lists.map(({ state, suffix }) => ({
          index,
          state,
          key: queueKey(prefix, queue, suffix),
          id: job,
        }))
      : [],
  )
  const there = await isInLists(sender, searched)
  return settled.map((place, index) => {
    const found = searched.find((search, at) => search.index === index && there[at])
    return place ?? { state: found?.state ?? 'unknown', score: null }
  })
}

/**
 * Which of these jobs are still in a state. In the waiting lists, which may be long, a job counts as
 * there while nothing says otherwise: it has neither a lock nor an end, nor waits for a time or for
 * children before its next attempt.
 */
export async function stillIn(
  sender: PipelineSender,
  prefix: string,
  queue: string,
  state: JobState,
  ids: readonly string[],
): Promise<StateEntry[]> {
  const { suffix, type } = stateKeys[state]
  if (state === 'active') {
    const key = queueKey(prefix, queue, suffix)
    const there = await isInLists(
      sender,
      ids.map((id) => ({ key, id })),
    )
    return ids.filter((_, index) => there[index]).map((id) => ({ id, score: null }))
  }
  const batch = new Batch()
  const asked = ids.map((id) => {
    if (type === 'zset') {
      const score = batch.add('zscore', queueKey(prefix, queue, suffix), id)
      return () => {
        const text = textOf(score())
        return text === null ? null : { id, score: text }
      }
    }
    const entry = { id, score: null }
    const key = jobKey(prefix, queue, id)
    const exists = batch.add('hexists', key, 'timestamp')
    const ended = batch.add('hexists', key, 'finishedOn')
    const locked = batch.add('exists', jobPartKey(prefix, queue, id, 'lock'))
    const elsewhere = (['delayed', 'waiting-children'] as const).map((state) =>
      batch.add('zscore', queueKey(prefix, queue, stateKeys[state].suffix), id),
    )
    return () => {
      const moved = countOf(ended()) + countOf(locked()) > 0
      const parked = elsewhere.some((score) => textOf(score()) !== null)
      return countOf(exists()) === 1 && !moved && !parked ? entry : null
    }
  })
  await batch.send(sender)
  return asked.flatMap((take) => take() ?? [])
}

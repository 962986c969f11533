import type { JobState } from '#shared/domain/job-state.ts'
import { indexFields, type JobsBatch, type RawFields, type RawJob } from '../ports.ts'
import type { SyncContext } from './context.ts'
import type { PendingJob } from './event-book.ts'

const priorityAt = indexFields.indexOf('priority')
const finishedAt = indexFields.indexOf('finishedOn')

const numberAt = (fields: RawFields, at: number): number | null => {
  const text = fields[at]
  const number = Number(text)
  return text === null || text === undefined || text === '' || !Number.isFinite(number)
    ? null
    : number
}

/** When a job finished, as its hash says; the score of what stands in `failed` or `completed`. */
export const finishedOnOf = (fields: RawFields): number | null => numberAt(fields, finishedAt)

/** Fields that say that a job has begun once. */
const begunAt = (['processedOn', 'atm', 'attemptsMade', 'ats'] as const).map((field) =>
  indexFields.indexOf(field),
)
const addedAt = indexFields.indexOf('timestamp')

/** A job that was added before then and never began. */
export const hasOnlyWaitedSince = (fields: RawFields, time: number): boolean =>
  (numberAt(fields, addedAt) ?? Infinity) < time &&
  begunAt.every((at) => (numberAt(fields, at) ?? 0) === 0)

type Place = Pick<RawJob, 'state' | 'score'>

/** The sorted set a job is looked for in after an event, to know its score. */
function setOf(state: JobState, fields: RawFields): JobState | null {
  if (state === 'delayed' || state === 'waiting-children') return state
  // The same event tells of both; up to v3 and in Bull such a job stands in the list.
  if (state === 'waiting' && (numberAt(fields, priorityAt) ?? 0) > 0) return 'prioritized'
  return null
}

/** Jobs as they stand now, of which events told where they went. */
export async function readEventJobs(
  { source, now }: SyncContext,
  queue: string,
  pending: readonly PendingJob[],
): Promise<JobsBatch> {
  const fields = await source.fields(
    queue,
    pending.map(({ id }) => id),
  )
  const found = pending.flatMap((job, index) => {
    const own = fields[index] ?? null
    return own === null ? [] : [{ job, fields: own, place: null as Place | null }]
  })
  const asked = new Map<JobState, typeof found>()
  for (const entry of found) {
    const { state } = entry.job
    if (state === null || state === 'gone') continue
    const finished = finishedOnOf(entry.fields)
    if (state === 'completed' || state === 'failed') {
      if (finished !== null) entry.place = { state, score: finished }
      continue
    }
    const set = setOf(state, entry.fields)
    if (set === null) entry.place = { state, score: null }
    else asked.set(set, [...(asked.get(set) ?? []), entry])
  }
  for (const [set, entries] of asked) {
    const scores = await source.scores(
      queue,
      set,
      entries.map(({ job }) => job.id),
    )
    for (const [index, entry] of entries.entries()) {
      const score = scores[index] ?? null
      if (score !== null) entry.place = { state: set, score }
      else if (set === 'prioritized') entry.place = { state: 'waiting', score: null }
    }
  }
  const doubtful = found.filter(({ place }) => place === null)
  const places =
    doubtful.length === 0
      ? []
      : await source.places(
          queue,
          doubtful.map(({ job }) => job.id),
        )
  for (const [index, entry] of doubtful.entries()) entry.place = places[index] ?? null
  const there = new Set(found.filter(({ place }) => place !== null).map(({ job }) => job.id))
  return {
    queue,
    seenAt: now(),
    jobs: found.flatMap(({ job: { id }, fields, place }) =>
      place === null ? [] : [{ id, ...place, fields }],
    ),
    gone: pending
      .filter(({ id }) => !there.has(id))
      .map(({ id, name, state, message, at }) => ({
        id,
        name,
        state: state === 'gone' ? null : state,
        message,
        at,
      })),
  }
}

/** Jobs as they stand now, of which nothing is known but that the mirror has them elsewhere. */
export async function readAnywhere(
  { source, now }: SyncContext,
  queue: string,
  ids: readonly string[],
): Promise<JobsBatch> {
  // Most of them are gone, which one command tells; where the others stand takes more.
  const fields = await source.fields(queue, ids)
  const there = ids.filter((_, index) => (fields[index] ?? null) !== null)
  const found = there.length === 0 ? [] : await source.places(queue, there)
  const places = new Map(there.map((id, index) => [id, found[index] ?? null]))
  const jobs: RawJob[] = []
  const gone: JobsBatch['gone'][number][] = []
  const at = now()
  for (const [index, id] of ids.entries()) {
    const [place, own] = [places.get(id) ?? null, fields[index] ?? null]
    if (place === null || own === null) gone.push({ id, name: null, state: null, at })
    else jobs.push({ id, ...place, fields: own })
  }
  return { queue, seenAt: at, jobs, gone }
}

/**
 * Jobs that stood in this state a moment ago. Those events told of meanwhile are left out, since what the
 * events say is newer.
 */
export async function readStanding(
  { source, now }: SyncContext,
  queue: string,
  state: JobState,
  entries: readonly { id: string; score: number | null }[],
  touched: ReadonlySet<string>,
): Promise<JobsBatch> {
  const current = entries.filter(({ id }) => !touched.has(id))
  const fields = await source.fields(
    queue,
    current.map(({ id }) => id),
  )
  return {
    queue,
    seenAt: now(),
    jobs: current.flatMap(({ id, score }, index) => {
      const own = fields[index] ?? null
      return own === null || touched.has(id) ? [] : [{ id, state, score, fields: own }]
    }),
    gone: [],
  }
}

import type { JobState } from '#shared/domain/job-state.ts'
import { batchSize, slices, write, type SyncContext } from './context.ts'
import { readAnywhere, readStanding } from './read-jobs.ts'

/** Scores, both ends included. */
export interface ScoreRange {
  from: number
  to: number
}

const idsAtOnce = 4 * batchSize
/** Ids that are compared in one go, on a thread that others wait for. */
const comparedAtOnce = 10_000

/** Ids and scores of a range, page by page, oldest first. */
async function* pagesOf(
  { source }: SyncContext,
  queue: string,
  state: JobState,
  { from, to }: ScoreRange,
): AsyncGenerator<{ id: string; score: number }[], void, undefined> {
  let [reached, offset] = [from, 0]
  for (;;) {
    const range = { from: reached, to, offset, count: idsAtOnce }
    const page = await source.idsByScore(queue, state, range)
    const last = page.at(-1)
    if (last === undefined) return
    yield page
    const ties = page.filter(({ score }) => score === last.score).length
    offset = last.score === reached ? offset + ties : ties
    reached = last.score
  }
}

/** Reads anew all with such a score and above. */
export async function* readSince(
  context: SyncContext,
  queue: string,
  state: JobState,
  from: number,
): AsyncGenerator<void, void, undefined> {
  const { touched, release } = context.book.watch(queue)
  try {
    for await (const page of pagesOf(context, queue, state, { from, to: Infinity })) {
      for (const part of slices(page)) {
        await write(context, await readStanding(context, queue, state, part, touched))
        yield
      }
    }
    const range = { from, to: Infinity }
    yield* compareRange(context, queue, state, range)
  } finally {
    release()
  }
}

/** Compares the ids of a range, and reads those that only one side has: part by part, however many there are. */
export async function* compareRange(
  context: SyncContext,
  queue: string,
  state: JobState,
  range: ScoreRange,
): AsyncGenerator<void, void, undefined> {
  const { touched, release } = context.book.watch(queue)
  const part = { queue, state, touched }
  try {
    let { from } = range
    let there = new Map<string, number>()
    for await (const page of pagesOf(context, queue, state, range)) {
      for (const { id, score } of page) there.set(id, score)
      yield
      const to = page.at(-1)?.score ?? from
      const [lowest] = there.values()
      // A part ends where the score changes.
      if (there.size < comparedAtOnce || lowest === to) continue
      yield* comparePart(context, part, { from, to }, there)
      // More with the last score may follow: those here belong to the next part too.
      there = new Map([...there].filter(([, score]) => score === to))
      from = to
    }
    yield* comparePart(context, part, { from, to: range.to }, there)
  } finally {
    release()
  }
}

/** What of the mirror turns out to be elsewhere is looked for there, so that an edge may be compared twice. */
async function* comparePart(
  context: SyncContext,
  { queue, state, touched }: { queue: string; state: JobState; touched: ReadonlySet<string> },
  range: ScoreRange,
  there: ReadonlyMap<string, number>,
): AsyncGenerator<void, void, undefined> {
  const { writer, lane } = context
  await lane.flush()
  const known = new Set(await writer.ids(queue, state, range))
  const missing = [...there].filter(([id]) => !known.has(id))
  for (const part of slices(missing)) {
    const entries = part.map(([id, score]) => ({ id, score }))
    await write(context, await readStanding(context, queue, state, entries, touched))
    yield
  }
  for (const part of slices([...known].filter((id) => !there.has(id)))) {
    await write(context, await readAnywhere(context, queue, part))
    yield
  }
}

/** The scores there are in Redis and their number; null when the state is empty. */
export async function boundsOf(
  { source }: SyncContext,
  queue: string,
  state: JobState,
): Promise<(ScoreRange & { count: number }) | null> {
  const all = { from: -Infinity, to: Infinity, offset: 0, count: 1 }
  const [oldest] = await source.idsByScore(queue, state, all)
  const [newest] = await source.idsByScore(queue, state, { ...all, newestFirst: true })
  if (oldest === undefined || newest === undefined) return null
  const [count = 0] = await source.buckets(queue, state, [-Infinity])
  return { from: oldest.score, to: newest.score, count }
}

/** Marks as gone what has a lower score than anything in Redis: what producers let go is always the oldest. */
export async function goneBefore(
  { writer, lane, now }: SyncContext,
  queue: string,
  state: 'failed' | 'completed',
  oldest: number,
): Promise<void> {
  const at = now()
  await lane.add(() => writer.goneBelow(queue, state, oldest, at))
}

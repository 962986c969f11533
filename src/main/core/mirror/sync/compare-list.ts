import type { JobState } from '#shared/domain/job-state.ts'
import { batchSize, slices, write, type SyncContext } from './context.ts'
import { hasOnlyWaitedSince, readAnywhere, readStanding } from './read-jobs.ts'

/** As `slices`, of what may be too many for a copy. */
function* parts(values: Iterable<string>): Generator<string[], void, undefined> {
  let part: string[] = []
  for (const value of values) {
    if (part.push(value) < batchSize) continue
    yield part
    part = []
  }
  if (part.length > 0) yield part
}

/**
 * By ids, page by page: a list has no order that could be counted in. Anew are read the jobs that may have run after
 * `since` and wait again where they stood, and all of a list of at most `most`.
 */
export async function* compareList(
  context: SyncContext,
  queue: string,
  state: JobState,
  { since, most }: { since: number | null; most: number },
): AsyncGenerator<void, void, undefined> {
  const { source, writer, lane, book } = context
  const { touched, release } = book.watch(queue)
  try {
    const there = new Set<string>()
    for (let from = 0; ;) {
      const page = await source.ids(queue, state, from, 10 * batchSize)
      if (page.length === 0) break
      for (const { id } of page) there.add(id)
      from += page.length
      yield
    }
    const order = since !== null && there.size > most ? [...there] : []
    const missing = there.size <= most ? new Set(there) : there
    const elsewhere: string[] = []
    await lane.flush()
    for (let after: number | null = null; ;) {
      const known = await writer.idsAfter(queue, state, after, 10 * batchSize)
      const isKnown = (id: string) => (missing === there ? there.delete(id) : there.has(id))
      for (const id of known.ids) if (!isKnown(id)) elsewhere.push(id)
      yield
      after = known.next
      if (after === null) break
    }
    if (since !== null && order.length > 0) {
      yield* readEnds(context, { queue, state, touched, since, missing }, order)
    }
    for (const part of parts(missing)) {
      const entries = part.map((id) => ({ id, score: null }))
      await write(context, await readStanding(context, queue, state, entries, touched))
      yield
    }
    for (const part of slices(elsewhere)) {
      await write(context, await readAnywhere(context, queue, part))
      yield
    }
  } finally {
    release()
  }
}

/**
 * Jobs come to a list, new or once more, at one of its ends: so from both, as far as some of a batch may have come
 * after `since`, or is not known to be there. (BullMQ 3 and Bull put a job with a priority anywhere.)
 */
async function* readEnds(
  context: SyncContext,
  part: {
    queue: string
    state: JobState
    touched: ReadonlySet<string>
    since: number
    /** Those that the mirror does not have there; what is read is taken out. */
    missing: Set<string>
  },
  ids: readonly string[],
): AsyncGenerator<void, void, undefined> {
  const { queue, state, touched, since, missing } = part
  for (const order of [ids, ids.toReversed()]) {
    let reached = false
    for (let from = 0; from < order.length && !reached; from += batchSize) {
      const batch = order.slice(from, from + batchSize)
      const entries = batch.map((id) => ({ id, score: null }))
      const read = await readStanding(context, queue, state, entries, touched)
      await write(context, read)
      yield
      const came = batch.filter((id) => missing.delete(id))
      const old = read.jobs.every(({ fields }) => hasOnlyWaitedSince(fields, since))
      reached = old && came.length === 0 && read.jobs.length > 0
    }
    if (!reached) return
  }
}

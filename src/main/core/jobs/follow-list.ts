import type { JobRow } from '#shared/contract/jobs.ts'
import type { JobState } from '#shared/domain/job-state.ts'
import { ConsoleError, isConsoleError } from '#shared/errors.ts'
import { pause } from '../live-value.ts'
import type { JobListQuery, JobListUpdate } from '../services.ts'
import { jobPage } from './job-page.ts'
import type { JobReader, StateEntry, StatePage } from './ports.ts'

const interval = 1000

/** What is not touched while a job stays in it, so its rows need no second reading. */
const settledStates: ReadonlySet<JobState> = new Set(['failed', 'completed'])

/**
 * The head of a list: now, then each second in which something changed. Goes on over a lost connection;
 * ends when `signal` aborts.
 */
export async function* followList(
  reader: JobReader,
  query: Omit<JobListQuery, 'cursor'> & { also: readonly string[] },
  signal: AbortSignal,
): AsyncGenerator<JobListUpdate, void, undefined> {
  const { queue, state, limit } = query
  const rows = new RowCache(reader, queue, state)
  let sent = ''
  while (!signal.aborted) {
    try {
      const page = await reader.page({ queue, state, limit, after: null })
      if (page === null) throw new ConsoleError('QUEUE_NOT_FOUND', { queue })
      const update = await updateOf(reader, rows, page, query)
      const { rows: others, gone, counts, paused } = update
      const text = JSON.stringify([update.page.items, others, gone, counts, paused])
      if (text !== sent && !signal.aborted) {
        sent = text
        yield update
      }
    } catch (error) {
      if (!isConsoleError(error) || error.code !== 'ENVIRONMENT_UNREACHABLE') throw error
    }
    await pause(interval, signal)
  }
}

async function updateOf(
  reader: JobReader,
  rows: RowCache,
  page: StatePage,
  { queue, state, also }: { queue: string; state: JobState; also: readonly string[] },
): Promise<JobListUpdate> {
  const head = new Set(page.entries.map(({ id }) => id))
  const others = also.filter((id) => !head.has(id))
  const present = others.length === 0 ? [] : await reader.present(queue, state, others)
  const stayed = new Set(present.map(({ id }) => id))
  const read = await rows.of([...page.entries, ...present])
  return {
    page: jobPage(
      page,
      state,
      read.filter(({ id }) => head.has(id)),
    ),
    rows: read.filter(({ id }) => !head.has(id)),
    gone: others.filter((id) => !stayed.has(id)),
    counts: page.counts,
    paused: page.paused,
  }
}

/** Rows of the last reading, kept where a job with the same score cannot have changed. */
class RowCache {
  readonly #reader: JobReader
  readonly #queue: string
  readonly #state: JobState
  #kept = new Map<string, JobRow>()

  constructor(reader: JobReader, queue: string, state: JobState) {
    this.#reader = reader
    this.#queue = queue
    this.#state = state
  }

  async of(entries: readonly StateEntry[]): Promise<JobRow[]> {
    const missing = entries.filter((entry) => !this.#kept.has(keyOf(entry)))
    const read = await this.#reader.rows(this.#queue, this.#state, missing)
    const fresh = new Map(read.map((row) => [row.id, row]))
    const known = entries.flatMap((entry) => {
      const row = fresh.get(entry.id) ?? this.#kept.get(keyOf(entry))
      return row === undefined ? [] : [{ key: keyOf(entry), row }]
    })
    this.#kept = settledStates.has(this.#state)
      ? new Map(known.map(({ key, row }) => [key, row]))
      : new Map()
    return known.map(({ row }) => row)
  }
}

const keyOf = ({ id, score }: StateEntry) => `${score ?? ''} ${id}`

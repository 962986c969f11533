import type { MirrorProblem, MirrorSettings } from '#shared/contract/mirror.ts'
import type { FailureSort, FailureStatus } from '#shared/contract/failures.ts'
import type { Facets, FacetField, MirrorJob } from '#shared/contract/job-search.ts'
import type { StateCounts } from '#shared/contract/queues.ts'
import type { Condition } from '#shared/domain/filter/condition.ts'
import type { ExtractedField } from '#shared/domain/extraction/extracted-fields.ts'
import type { JobState } from '#shared/domain/job-state.ts'

/*
 * What core needs for the mirror. `infra/bullmq/mirror` reads Redis for it (MirrorSource), `infra/sqlite/
 * mirror` keeps it (MirrorWriter, MirrorReader): both cross a thread, so arguments and results are plain data.
 */

/** Where in a queue's stream of events all before has been read. */
export interface StreamPosition {
  /** Id of the last entry read, such as `1700000000000-3`; `0-0` before the first. */
  id: string
  /** How many entries had ever been added up to it; null where Redis does not tell (before 7). */
  added: number | null
}

/** What Redis says of a queue in one round trip. */
export interface QueueCensus {
  queue: string
  at: number
  /** Bull 3 and 4 write no events. */
  library: 'bullmq' | 'bull'
  /** False when no key of the queue is left. */
  exists: boolean
  /** `waiting` with those of a paused queue. */
  counts: StateCounts
  /**
   * Of the stream of events; null where there can be none (Bull) or Redis will not tell. `first` is the oldest
   * entry's id, null when it is empty.
   */
  stream: { last: StreamPosition; first: string | null; length: number } | null
}

/** Index fields of a job's hash as they stand in Redis: null where it has no such field. */
export type RawFields = readonly (string | null)[]

/** A job as it was read: where it stands, and its index fields in the order of `indexFields`. */
export interface RawJob {
  id: string
  /** `unknown` for a hash that is in no state. */
  state: JobState | 'unknown'
  /** Of its sorted set; null for a list. */
  score: number | null
  fields: RawFields
}

/** Fields that are fetched of every job. `infra` maps them, one way for lists and mirror. */
export const indexFields = [
  'name',
  'timestamp',
  'priority',
  'processedOn',
  'finishedOn',
  'atm',
  'attemptsMade',
  'opts',
  'rjk',
  'parentKey',
  'parent',
  'failedReason',
  'progress',
  'stc',
  'ats',
] as const

/** Index fields of many jobs as they came from Redis: only whoever writes them reads them. */
export interface PackedFields {
  /** In the order that was asked for. */
  parts: readonly {
    bytes: Uint8Array<ArrayBuffer>
    /** Where each job begins. */
    starts: Uint32Array<ArrayBuffer>
  }[]
  /** Places, in the order that was asked for, of jobs without a hash. */
  absent: readonly number[]
}

/** Jobs that stand in one state, of which only the ids are known on the way. */
export interface PackedJobs {
  state: JobState
  ids: readonly string[]
  /** Of the sorted set; NaN for a list. */
  scores: Float64Array<ArrayBuffer>
  /** Of all of them. Its memory goes to whoever writes. */
  fields: PackedFields
  /** Places of those that are not to be written. */
  except: readonly number[]
}

/** Large fields, fetched after, within a cap of their size; null where absent or over it. */
export interface RawDetails {
  id: string
  stacktrace: string | null
  data: string | null
  returnvalue: string | null
  progress: string | null
  /** A value, or the error, was too long to be fetched. */
  tooLong?: boolean
}

/** One thing a stream told. The event's name decides the state; `removed` ends the job. */
export interface QueueEvent {
  queue: string
  /** Entry id. */
  id: string
  event: string
  job: string | null
  /** Of an `added` event. */
  name: string | null
  /** Of a `failed` event: the beginning of the error's text. */
  message: string | null
}

export interface EventBatch {
  events: QueueEvent[]
  /** For each queue that was told of: up to where it is read now. */
  positions: ReadonlyMap<string, string>
  /** Queues that this reading asked for, and those of them of which there may be more to read at once. */
  asked: readonly string[]
  more: ReadonlySet<string>
}

/**
 * Reads Redis for the mirror, in the background lane of the environment's budget (but for the events, which
 * cannot wait); never writes. Throws as readers do: ENVIRONMENT_UNREACHABLE while there is no connection.
 */
export interface MirrorSource {
  census(queues: readonly string[]): Promise<QueueCensus[]>
  /**
   * Ids of one state, newest first for a sorted set, with their scores; for a list from its head. `from`
   * is a rank: what moves meanwhile is found by following.
   */
  ids(
    queue: string,
    state: JobState,
    from: number,
    count: number,
  ): Promise<{ id: string; score: number | null }[]>
  /** Of a sorted set, by score, both ends included, oldest first unless asked otherwise; `offset` pages. */
  idsByScore(
    queue: string,
    state: JobState,
    range: { from: number; to: number; offset: number; count: number; newestFirst?: boolean },
  ): Promise<{ id: string; score: number }[]>
  /** In a sorted set, in the order of `ids`; null where it is not there. */
  scores(queue: string, state: JobState, ids: readonly string[]): Promise<(number | null)[]>
  /** Jobs of a sorted set with scores from each edge to before the next, and from the last one on. */
  buckets(queue: string, state: JobState, edges: readonly number[]): Promise<number[]>
  /** Index fields; null where there is no such hash. In the order of `ids`. */
  fields(queue: string, ids: readonly string[]): Promise<(RawFields | null)[]>
  /** The same unread; null where they have to be read on the way: then `fields` is to be asked. */
  packed(queue: string, ids: readonly string[]): Promise<PackedFields | null>
  /** Where jobs stand now: sorted sets by score, lists as far as `lists` says; null where there is no hash. */
  places(
    queue: string,
    ids: readonly string[],
  ): Promise<({ state: JobState | 'unknown'; score: number | null } | null)[]>
  /** Sizes are asked first: a value over `cap` bytes is left out, and told of as `tooLong`. */
  details(
    queue: string,
    ids: readonly string[],
    which: { stacktrace: boolean; payload: boolean; cap: number },
  ): Promise<(RawDetails | null)[]>
  /**
   * What happens in these queues from their positions on, by one blocking read per Redis (per slot group in a
   * cluster). Each second without news an empty batch comes. Ends when the signal aborts; throws when the
   * connection ends, PERMISSION_DENIED where streams may not be read. A change of the queues needs a new call.
   */
  follow(positions: ReadonlyMap<string, string>, signal: AbortSignal): AsyncIterable<EventBatch>
}

/** What the mirror remembers of a queue between runs. */
export interface QueueMark {
  queue: string
  library: 'bullmq' | 'bull'
  position: StreamPosition | null
  /** States that are backfilled whole, and how far the one at work is: the score or rank reached. */
  backfilled: Partial<Record<JobState, 'done' | { reached: number }>>
  checkedAt: number | null
}

export interface JobsBatch {
  queue: string
  seenAt: number
  jobs: readonly RawJob[]
  /** More of them. */
  packed?: PackedJobs
  /**
   * Of a backfill: failures among them may be grouped and counted later, when nothing else is to be written,
   * or when their details are.
   */
  deferred?: boolean
  /** Jobs of which an event told but no hash is left; with the `failedReason` of a `failed` event. */
  gone: readonly {
    id: string
    name: string | null
    state: JobState | null
    at: number
    message?: string | null
  }[]
}

/** What was changed by a write, for status and rollups. */
export interface MirrorCounts {
  rows: number
  gone: number
  /** Rows whose details are still to be read, and whose text is not yet in the index. */
  undetailed: number
  unindexed: number
  /** Rows of which a value was too long to be looked into. */
  tooLong: number
  bytes: number
  /** Moves with each change of the rows. */
  version: number
}

/** An override of grouping, from vigie.db. */
export interface Grouping {
  /** Groups that are told apart by their whole message. */
  split: readonly string[]
}

/**
 * The one writer of an environment's mirror, on a thread of its own. Every call is a transaction of less
 * than 50 ms or is split into such. Throws MirrorError.
 */
export interface MirrorWriter {
  /** Opens, creating the file when there is none. @throws MirrorError damaged, newer, not-permitted, … */
  open(settings: MirrorSettings, grouping: Grouping): Promise<MirrorCounts>
  /** Deletes the file and begins a new one. */
  rebuild(): Promise<MirrorCounts>
  counts(): Promise<MirrorCounts>
  /** Counts per queue and state of what is in Redis, and of what is gone. */
  census(): Promise<Map<string, { counts: StateCounts; gone: number }>>
  marks(): Promise<QueueMark[]>
  mark(mark: QueueMark): Promise<void>
  /** Adds or replaces. A job whose details were read keeps them unless what they were read of has changed. */
  write(batch: JobsBatch): Promise<MirrorCounts>
  /** Those that are in the mirror with this state and not gone, by score; for comparison. */
  ids(queue: string, state: JobState, range?: { from: number; to: number }): Promise<string[]>
  /** All of a state page by page: `after` is null at first, then what came as `next` until that is null. */
  idsAfter(
    queue: string,
    state: JobState,
    after: number | null,
    count: number,
  ): Promise<{ ids: string[]; next: number | null }>
  buckets(queue: string, state: JobState, edges: readonly number[]): Promise<number[]>
  /** Marks as gone all of a state with a score below. @returns how many. */
  goneBelow(queue: string, state: JobState, score: number, at: number): Promise<number>
  markGone(queue: string, ids: readonly string[], at: number): Promise<void>
  /** A queue that is no longer there: all its rows are gone. */
  forgetQueue(queue: string, at: number): Promise<void>
  /** The next jobs whose details are to be read, failed ones first, newest first. */
  undetailed(limit: number): Promise<{ queue: string; id: string; failed: boolean }[]>
  writeDetails(
    queue: string,
    details: readonly (RawDetails | { id: string; missing: true })[],
  ): Promise<MirrorCounts>
  /** Details of this queue's jobs are to be read again. */
  reread(queue: string): Promise<MirrorCounts>
  /** Changed settings; details that they touch are to be read again. */
  configure(settings: MirrorSettings): Promise<MirrorCounts>
  regroup(grouping: Grouping): Promise<void>
  /** Puts the text of some rows into the index. @returns rows left. */
  indexText(limit: number): Promise<number>
  /** Deletes rows gone before, and failures older than 90 days. @returns how many rows. */
  sweep(goneBefore: number): Promise<number>
  close(): Promise<void>
}

export interface SearchQuery {
  conditions: readonly Condition[]
  sort: string
  limit: number
  cursor?: string | undefined
  offset?: number | undefined
  /** Groups that stand for others: a search for the first finds them all. */
  merged: Readonly<Record<string, readonly string[]>>
  count: 'exact' | 'none'
  /** One of many pages, for which nobody waits: not on the thread of the quick ones. */
  bulk?: boolean
}

export interface SearchResult {
  items: MirrorJob[]
  cursor: string | null
  total: number | null
}

/** All failures of a window, whatever their groups. */
export interface FailureSums {
  failures: number
  /** The first failure that the mirror knows of, whatever the window; null before any. */
  knownSince: number | null
}

/** Some of the groups with failures in a window. */
export interface FailurePage extends FailureSums {
  groups: FailureFigures[]
  /** Groups of the status that was asked for, and of each, whichever that was. */
  total: number
  counts: Record<FailureStatus, number>
  trend: number[]
}

/** A failure group's figures, before what operators noted of it. */
export interface FailureFigures {
  id: string
  errorClass: string | null
  message: string
  frame: string | null
  splitFrom: string | null
  count: number
  failedNow: number
  queues: { queue: string; name: string; count: number }[]
  places: number
  firstSeenAt: number
  lastSeenAt: number
  /** The failure before the first one within the window; null when there was none. */
  previousAt: number | null
  trend: number[]
  users: number | null
}

export interface FailureQuery {
  /** Milliseconds; the trend has `bars` equal parts from `from` to `to`. */
  from: number
  to: number
  bars: number
  /** Only queue, name and text. */
  conditions: readonly Condition[]
}

/** What operators noted that says which groups a list has. */
export interface FailurePicking {
  status: FailureStatus | 'all'
  sort: FailureSort
  offset: number
  limit: number
  /** Groups that stand for others, which count as them. */
  merged: Readonly<Record<string, readonly string[]>>
  /** Groups that are not open, and when they were resolved. */
  noted: Readonly<Record<string, NotedStatus>>
}

export interface NotedStatus {
  status: FailureStatus
  /** Seen later, it is open again. Null unless resolved. */
  resolvedAt: number | null
}

/** A group by itself, as part of a merged one. */
export interface FailurePart {
  id: string
  errorClass: string | null
  message: string
  count: number
  lastSeenAt: number
}

export interface FailureDetail extends FailureFigures {
  sums: FailureSums
  /** Each of the groups that were asked for and are known. */
  parts: FailurePart[]
  allQueues: { queue: string; name: string; count: number }[]
  topUsers: { user: string; count: number }[]
  messages: { message: string; count: number }[]
  sample: {
    queue: string
    job: string
    failedAt: number
    message: string
    stack: string | null
  } | null
}

/**
 * Queries, on threads apart from the writer's. `quick` ones never wait for long ones. Throws MirrorError,
 * and ConsoleError CURSOR_INVALID.
 */
export interface MirrorReader {
  /** Neither begun nor gone on with once the signal aborts, whose reason it then throws. */
  search(environment: string, query: SearchQuery, signal?: AbortSignal): Promise<SearchResult>
  facets(
    environment: string,
    query: Pick<SearchQuery, 'conditions' | 'merged'> & {
      fields: readonly FacetField[]
      limit: number
    },
    signal?: AbortSignal,
  ): Promise<Pick<Facets, 'facets' | 'total'>>
  /** Groups with failures in the window, as they are to be listed; those that were merged are read as one. */
  failures(
    environment: string,
    query: FailureQuery & FailurePicking,
    signal?: AbortSignal,
  ): Promise<FailurePage>
  /** Of all these groups together; null when none is known. */
  failure(
    environment: string,
    groups: readonly string[],
    query: FailureQuery,
    signal?: AbortSignal,
  ): Promise<FailureDetail | null>
  /** Those of these groups that the mirror knows. */
  knownFailures(environment: string, groups: readonly string[]): Promise<string[]>
  /** Of the groups that this one was split into, the largest; null when there is none. */
  largestPart(environment: string, group: string): Promise<string | null>
  close(): Promise<void>
}

/** Opens the mirror file of an environment. */
export interface MirrorStore {
  /** `prefix` is the first of its key prefixes. Nothing is started or touched before its `open`. */
  writer(environment: string, prefix?: string): MirrorWriter
  reader: MirrorReader
  /** There is a file, whatever its condition. */
  exists(environment: string): boolean
  /** Deletes the file of an environment that is no more. */
  remove(environment: string): Promise<void>
  /** Ends the readers. Writers are closed by whoever opened them. */
  close(): Promise<void>
}

/** Settings per environment, in vigie.db: the usual ones where none were saved. */
export interface MirrorSettingsStore {
  get(environment: string): MirrorSettings
  set(environment: string, settings: MirrorSettings): void
}

/** What is remembered of a mirror between runs, in vigie.db: for when there is no Redis to compare with. */
export interface MirrorMemory {
  /** Where the mirrored queues are. A mirror of another place is of no use. */
  place: string
  syncedAt: number | null
  /** How far it had been read; null once all was. */
  backfill: { done: number; total: number } | null
}

export interface MirrorMemoryStore {
  get(environment: string): MirrorMemory | null
  set(environment: string, memory: MirrorMemory): void
}

/**
 * Of several consoles on one data folder, one writes the mirror of an environment. Gone with the process,
 * however it ends.
 */
export interface MirrorLocks {
  /** Null while another console holds it, else what releases it. */
  take(environment: string): (() => void) | null
}

/** Why a mirror cannot be used. What is in Redis and in vigie.db is not touched by it. */
export class MirrorError extends Error {
  readonly problem: MirrorProblem

  constructor(problem: MirrorProblem, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'MirrorError'
    this.problem = problem
  }
}

/** Values read out of a job by the mapping. */
export type ExtractedValues = Partial<Record<ExtractedField, string | number | null>>

import type { JobState } from '../job-state.ts'

/** Fields that hold a word, matched whole or by a pattern with `*`; several words mean any of them. */
export const wordFields = [
  'queue',
  'name',
  'id',
  'user',
  'brand',
  'provider',
  'model',
  'variant',
  'group',
  'scheduler',
  'parent',
  'error',
] as const
export type WordField = (typeof wordFields)[number]

/** Fields that hold a number: milliseconds, USD, megabytes or a count. */
export const numberFields = [
  'duration',
  'wait',
  'attempts',
  'priority',
  'cost',
  'memory',
  'tokens',
] as const
export type NumberField = (typeof numberFields)[number]

/** What a job can be. `resumable` has a checkpoint and has failed; `gone` is no longer in Redis. */
export const isValues = [
  'resumable',
  'scheduled',
  'stalled',
  'gone',
  'retried',
  'child',
  'orphan',
] as const
export type IsValue = (typeof isValues)[number]

/** What a job can have. `metrics` is any of cost, memory, tokens and duration as the job reported them. */
export const hasValues = [
  'metrics',
  'error',
  'user',
  'brand',
  'checkpoint',
  'parent',
  'progress',
] as const
export type HasValue = (typeof hasValues)[number]

export type NumberOperator = '<' | '<=' | '>' | '>=' | '='

/** Where it stands in the text it was read from, as an offset in UTF-16 units: for underlining. */
export interface Span {
  start: number
  end: number
}

/** One thing a job must be; all conditions of a filter hold at once. */
export type Condition = { negated: boolean; span: Span } & (
  | { field: 'state'; values: (JobState | 'unknown')[] }
  /** Patterns as pattern.ts reads them: `*` stands for any run of characters, case does not matter. */
  | { field: WordField; values: string[] }
  | { field: NumberField; operator: NumberOperator; value: number }
  /** Both ends included. */
  | { field: NumberField; operator: '..'; from: number; to: number }
  /** The job's time (finished, else started, else added) at or after, and before. In milliseconds since 1970. */
  | { field: 'since' | 'until'; at: number }
  | { field: 'is'; value: IsValue }
  | { field: 'has'; value: HasValue }
  /** Lists jobs that are gone from Redis beside the others. */
  | { field: 'with'; value: 'gone' }
  /**
   * Anywhere in error, name, id, user and, where kept, payload. `words` (bare) holds where each of its words
   * begins a word there; `exact` (in double quotes) where these characters stand there in a row.
   */
  | { field: 'text'; match: 'words' | 'exact'; text: string }
)

import type { Span } from './condition.ts'
import type { FilterField } from './fields.ts'

export const filterProblemCodes = [
  /** `foo:bar`, also a URL or a host and port that was meant as text. */
  'unknown-field',
  /** `state:`, `queue:mail,`, `cost:>`, `""`. */
  'empty-value',
  /** Not one of the values of `state`, `is`, `has` or `with`. */
  'unknown-value',
  /** `state:paused`: the jobs of a paused queue are waiting. */
  'paused-state',
  /** A list where one value is meant. */
  'one-value',
  'bad-number',
  'bad-duration',
  /** `5s..1s`, `1s..`, `>1s..5s`. */
  'bad-range',
  'bad-date',
  /** The time zone is none that is known here; `text` is its name. */
  'bad-zone',
  /** No time is both. */
  'since-after-until',
  'unclosed-quote',
  /** A `"` in a word, or something right behind a closing one. */
  'stray-quote',
  /** `--verbose`. */
  'double-negation',
  /** `-with:gone`. */
  'not-negatable',
  /** A bare term without a letter or digit, which no word begins with. */
  'no-word',
  'too-long',
] as const
export type FilterProblemCode = (typeof filterProblemCodes)[number]

/** What is wrong with a part of a filter. */
export interface FilterProblem extends Span {
  problem: FilterProblemCode
  /** The characters that do not hold, at most 200 of them. */
  text: string
  /** Of the part, where it has one that exists. */
  field?: FilterField
  /** What could stand in place of the part; holds by itself. */
  suggestion?: string
}

/** What a part does not hold for, and what it may have been meant to be, likeliest first. */
export interface Fault {
  problem: FilterProblemCode
  text: string
  candidates: string[]
}

export function fault(
  problem: FilterProblemCode,
  text: string,
  ...candidates: (string | null)[]
): Fault {
  return {
    problem,
    text,
    candidates: candidates.filter((candidate) => candidate !== null),
  }
}

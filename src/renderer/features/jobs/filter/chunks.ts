import type { Condition } from '#shared/domain/filter/condition.ts'
import type { FilterProblem } from '#shared/domain/filter/problem.ts'
import { tokensOf } from '#shared/domain/filter/tokens.ts'
import { readFilter } from './read-filter.ts'

/** A part of a filter as it was typed: one condition, or what is wrong there. */
export interface Chunk {
  text: string
  start: number
  end: number
  condition: Condition | null
  problems: FilterProblem[]
}

/** The parts of a filter, in their order. Every character is in one of them, but for the space between. */
export function chunksOf(text: string): Chunk[] {
  const { conditions, problems } = readFilter(text)
  return tokensOf(text).map(({ source, start, end }) => ({
    text: source,
    start,
    end,
    condition: conditions.find(({ span }) => span.start < end && span.end > start) ?? null,
    problems: problems.filter((problem) => problem.start <= end && problem.end > start),
  }))
}

/** Whether the last part of a text is whole: what is typed next begins another. */
export function endsWhole(text: string): boolean {
  const last = tokensOf(text).at(-1)
  return last !== undefined && last.fault !== 'unclosed-quote' && /\s$/u.test(text)
}

import type { Condition } from '#shared/domain/filter/condition.ts'
import { formatCondition } from '#shared/domain/filter/format.ts'
import { parseFilter } from '#shared/domain/filter/parse.ts'
import { tokensOf } from '#shared/domain/filter/tokens.ts'
import { zone } from './zone.ts'

/** What a filter says, in this machine's zone. */
export function readFilter(text: string): ReturnType<typeof parseFilter> {
  return parseFilter(text, { now: Date.now(), zone })
}

type Bare = Condition extends infer Each
  ? Each extends Condition
    ? Omit<Each, 'span' | 'negated'>
    : never
  : never

/** The text of one condition. */
export function textOf(condition: Bare, negated = false): string {
  return formatCondition({ ...condition, negated, span: { start: 0, end: 0 } })
}

/** The text without these conditions; the rest stays as it was typed. */
export function without(text: string, leave: (condition: Condition) => boolean): string {
  const left = readFilter(text).conditions.filter(leave)
  return tokensOf(text)
    .filter(({ start, end }) => !left.some(({ span }) => span.start < end && span.end > start))
    .map(({ source }) => source)
    .join(' ')
}

/** Whether a filter lists jobs that are gone from Redis, alone or beside the others. */
export function listsGone(text: string): boolean {
  return readFilter(text).conditions.some(
    (condition) =>
      condition.field === 'with' ||
      (condition.field === 'is' && condition.value === 'gone' && !condition.negated),
  )
}

/** Both texts as one filter. */
export function joined(...texts: readonly (string | undefined)[]): string {
  return texts
    .map((text) => text?.trim() ?? '')
    .filter((text) => text !== '')
    .join(' ')
}

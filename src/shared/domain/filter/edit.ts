import type { Condition, Span, WordField } from './condition.ts'
import { formatCondition, formatPattern } from './format.ts'
import { parseFilter } from './parse.ts'
import { literalPattern, patternMatches, patternParts } from './pattern.ts'
import { tokensOf } from './tokens.ts'

/*
 * Changes of a filter's text that leave the rest as it was typed. Where the text has problems these stay, too.
 */

/** Fields whose values can be chosen one by one. */
export type ChoiceField = WordField | 'state'

type Choice = Extract<Condition, { values: unknown }>

/** Writes a condition in place of what stands in a span, or behind all else. */
export function withCondition(text: string, condition: Condition, instead?: Span): string {
  return inserted(text, formatCondition(condition), instead)
}

/** Takes out what stands in a span, with the blanks around it. */
export function withoutCondition(text: string, span: Span): string {
  const before = text.slice(0, span.start).trimEnd()
  const after = text.slice(span.end).trimStart()
  return before === '' || after === '' ? `${before}${after}` : `${before} ${after}`
}

/** Whether a value is asked for (`included`) or left out (`excluded`) by these conditions, by itself. */
export function choiceOf(
  conditions: readonly Condition[],
  field: ChoiceField,
  value: string,
): 'included' | 'excluded' | null {
  const pattern = literalPattern(value)
  const choice = conditions
    .filter((condition) => isChoice(condition, field))
    .find((condition) => condition.values.some((chosen) => isSame(chosen, pattern)))
  if (choice === undefined) return null
  return choice.negated ? 'excluded' : 'included'
}

/**
 * Chooses a value, or no longer where it was chosen. The first one makes `user:42`, more make
 * `user:42,43`, which is any of them; with `negated` it is `-user:42`, none of them. A value is never in
 * both, and takes the place of patterns that it matches, since beside them it would change nothing.
 */
export function toggleValue(
  text: string,
  field: ChoiceField,
  value: string,
  { negated = false }: { negated?: boolean } = {},
): string {
  const pattern = literalPattern(value)
  const has = (choice: Choice) => choice.values.some((other) => isSame(other, pattern))
  const ends = choicesIn(text, field).some((choice) => choice.negated === negated && has(choice))
  // From the end, so that spans before stay true.
  const cleared = choicesIn(text, field)
    .filter(has)
    .reduceRight((left, choice) => {
      return withValues(left, choice, (other) => !isSame(other, pattern))
    }, text)
  if (ends) return cleared
  const choice = choicesIn(cleared, field).find((choice) => choice.negated === negated)
  if (choice === undefined) {
    return inserted(cleared, `${negated ? '-' : ''}${field}:${formatPattern(pattern)}`)
  }
  return withValues(cleared, choice, (other) => !isCovered(value, other), [pattern])
}

/** The text with a choice of other values, and without it where none is left. */
function withValues(
  text: string,
  { field, values, negated, span }: Choice,
  stays: (value: string) => boolean,
  added: readonly string[] = [],
): string {
  const left = [...values.filter(stays), ...added]
  if (left.length === 0) return withoutCondition(text, span)
  const written = `${negated ? '-' : ''}${field}:${left.map(formatPattern).join(',')}`
  return inserted(text, written, span)
}

function inserted(text: string, written: string, instead?: Span): string {
  if (instead !== undefined) {
    return `${text.slice(0, instead.start)}${written}${text.slice(instead.end)}`
  }
  // What follows an open quote would be in it.
  const open = tokensOf(text).at(-1)
  const end = open?.fault === 'unclosed-quote' ? open.start : text.trimEnd().length
  const before = text.slice(0, end).trimEnd()
  return [before, written, text.slice(end).trimStart()].filter((part) => part !== '').join(' ')
}

function choicesIn(text: string, field: ChoiceField): Choice[] {
  // Dates do not matter here, so any moment will do.
  return parseFilter(text, { now: 0, zone: 'UTC' }).conditions.filter((condition) =>
    isChoice(condition, field),
  )
}

function isChoice(condition: Condition, field: ChoiceField): condition is Choice {
  return condition.field === field
}

function isSame(pattern: string, other: string): boolean {
  return pattern.toLowerCase() === other.toLowerCase()
}

function isCovered(value: string, pattern: string): boolean {
  return patternParts(pattern).length > 1 && patternMatches(pattern, value)
}

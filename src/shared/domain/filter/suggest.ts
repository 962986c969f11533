import type { NumberField, Span, WordField } from './condition.ts'
import {
  filterFields,
  fixedValues,
  isFilterField,
  isFixedField,
  isNumberField,
  isWordField,
  type FilterField,
} from './fields.ts'
import { formatPattern } from './format.ts'
import { longestFilter } from './parse.ts'
import { literalPattern, patternParts } from './pattern.ts'
import { patternOf, textOf, tokensOf, type Token, type TokenItem } from './tokens.ts'

/** What could stand in place of `span`, where the caret is. */
export type Suggestions = { span: Span } & (
  | { kind: 'nothing' }
  | { kind: 'fields'; fields: FilterField[] }
  /** All there are, or for numbers and times some as examples. */
  | { kind: 'values'; field: FilterField; values: string[] }
  /** Values that jobs have, which the mirror knows: those that begin with `prefix`, but for `taken`. */
  | { kind: 'ask'; field: WordField; prefix: string; taken: string[] }
)

const times = ['1h', '24h', '7d', '30d', 'today', 'yesterday']
const durations = ['>1s', '>10s', '>1m', '>10m', '1s..5s']
const numbers: Record<NumberField, string[]> = {
  duration: durations,
  wait: durations,
  attempts: ['>1', '>=3'],
  priority: ['<5', '0'],
  cost: ['>0.01', '>0.1', '>1'],
  memory: ['>128', '>512', '>1024'],
  tokens: ['>1000', '>10000'],
}

/** What could be typed at the caret, an offset in UTF-16 units. */
export function suggestionsAt(text: string, caret: number): Suggestions {
  const nothing = { kind: 'nothing', span: { start: caret, end: caret } } as const
  if (text.length > longestFilter) return nothing
  const token = tokensOf(text).find(({ start, end }) => start <= caret && caret <= end)
  if (token === undefined) return fieldsFor('', nothing.span)
  const [first] = token.items
  if (token.field === null) {
    const start = token.start + (token.negated ? 1 : 0)
    if (token.fault !== null || first?.quoted !== false || caret < start) return nothing
    return fieldsFor(text.slice(start, caret), { start, end: token.end })
  }
  const colon = token.start + (token.negated ? 1 : 0) + token.field.length
  if (caret <= colon) {
    const start = colon - token.field.length
    return caret < start ? nothing : fieldsFor(text.slice(start, caret), { start, end: colon })
  }
  const item = token.items.find(({ start, end }) => start <= caret && caret <= end)
  return item === undefined ? nothing : valuesFor(token, item, caret)
}

/** The text with one of the suggestions taken, and where the caret is then. */
export function withSuggestion(
  text: string,
  { kind, span }: Suggestions,
  taken: string,
): { text: string; caret: number } {
  const before = text.slice(0, span.start)
  const after = text.slice(span.end)
  if (kind === 'fields') {
    const written = `${before}${taken}:`
    return { text: `${written}${after.replace(/^:/, '')}`, caret: written.length }
  }
  const written = `${before}${kind === 'ask' ? formatPattern(literalPattern(taken)) : taken}`
  return { text: `${written}${after}`, caret: written.length }
}

function fieldsFor(prefix: string, span: Span): Suggestions {
  return { kind: 'fields', span, fields: beginning(filterFields, prefix) }
}

function valuesFor(token: Token, item: TokenItem, caret: number): Suggestions {
  const span = { start: item.start, end: item.end }
  const field = token.field?.toLowerCase() ?? ''
  const before = Math.max(caret - item.start - (item.quoted ? 1 : 0), 0)
  const typed = { ...item, raw: item.raw.slice(0, before) }
  const others = token.items.filter((other) => other !== item)
  if (isWordField(field)) {
    return { kind: 'ask', span, field, prefix: literalOf(typed), taken: others.map(literalOf) }
  }
  if (!isFilterField(field)) return { kind: 'nothing', span }
  const taken = new Set(others.map(textOf))
  const values = beginning(valuesOf(field), textOf(typed)).filter((value) => !taken.has(value))
  return { kind: 'values', span, field, values }
}

function literalOf(item: TokenItem): string {
  return patternParts(patternOf(item)).join('*')
}

function valuesOf(field: FilterField): readonly string[] {
  if (isFixedField(field)) return fixedValues[field]
  return isNumberField(field) ? numbers[field] : times
}

function beginning<Text extends string>(texts: readonly Text[], prefix: string): Text[] {
  return texts.filter((text) => text.startsWith(prefix.toLowerCase()))
}

import type { Condition } from './condition.ts'
import {
  filterFields,
  fixedValues,
  isFilterField,
  isFixedField,
  isWordField,
  type FilterField,
  type FixedField,
} from './fields.ts'
import { parseInstant, type Clock } from './instant.ts'
import { meantField, meantValue } from './nearest.ts'
import { fault, type Fault } from './problem.ts'
import { readNumber } from './read-number.ts'
import { patternOf, quoted, textOf, type Token, type TokenItem } from './tokens.ts'

type Without<Union, Key extends PropertyKey> = Union extends unknown ? Omit<Union, Key> : never
/** A condition but for where it stands and whether it is negated. */
export type Statement = Without<Condition, 'negated' | 'span'>

/** What a token says by itself, or why it does not hold. */
export function readToken(token: Token, clock: Clock): Statement | Fault {
  const whole = quoted(token.source)
  if (token.fault === 'double-negation') return fault('double-negation', token.source, whole)
  if (token.field !== null && !isFilterField(token.field.toLowerCase())) {
    return unknownField(token, token.field)
  }
  if (token.fault === 'unclosed-quote') {
    const { source } = token
    // The second where a backslash at the end would take the quote with it.
    return fault('unclosed-quote', source, `${source}"`, `${source}\\"`, whole)
  }
  if (token.fault === 'stray-quote') return strayQuote(token)
  const field = token.field?.toLowerCase() ?? null
  if (field === null || !isFilterField(field)) return readText(token)
  if (token.items.some(({ raw }) => raw === '')) return emptyValue(token)
  return readField(token, field, clock)
}

function readField(token: Token, field: FilterField, clock: Clock): Statement | Fault {
  if (isWordField(field)) return { field, values: token.items.map(patternOf) }
  if (isFixedField(field)) return readFixed(token, field)
  const [item, second] = token.items
  if (item === undefined) return emptyValue(token)
  if (field !== 'since' && field !== 'until') return readNumber(token, field)
  if (second !== undefined) return fault('one-value', token.source)
  const text = textOf(item)
  const at = parseInstant(field, text, clock)
  if (at === 'bad-zone') return fault('bad-zone', clock.zone)
  if (at === 'bad-date')
    return fault('bad-date', text, withItem(token, item, text.replace(/^[<>]=?/, '')))
  return { field, at }
}

function readText({ items, source, negated }: Token): Statement | Fault {
  const [item] = items
  if (item === undefined || (item.quoted && item.raw === '')) return fault('empty-value', source)
  const text = textOf(item)
  if (item.quoted) return { field: 'text', match: 'exact', text }
  if (/[\p{L}\p{N}\p{Co}]/u.test(text)) return { field: 'text', match: 'words', text }
  const meant = text === '' ? quoted(source) : `${negated ? '-' : ''}${quoted(text)}`
  return fault('no-word', source, meant)
}

function readFixed(token: Token, field: FixedField): Statement | Fault {
  const [first, second] = token.items
  if (first === undefined) return emptyValue(token)
  const values: readonly string[] = fixedValues[field]
  for (const item of token.items) {
    const value = textOf(item).toLowerCase()
    if (!values.includes(value)) return unknownValue(token, item, field, value)
  }
  if (field === 'state') return statement({ field, values: token.items.map(lowerText) })
  if (second !== undefined) {
    const each = token.items.map((item) => sign(token, `${field}:${lowerText(item)}`))
    return fault('one-value', token.source, token.negated ? each.join(' ') : null)
  }
  if (field === 'with' && token.negated) return fault('not-negatable', token.source)
  return statement({ field, value: lowerText(first) })
}

/** The values were looked up in the list of the field's. */
function statement(
  checked: { field: FixedField; value: string } | { field: 'state'; values: string[] },
) {
  return checked as Statement
}

function lowerText(item: TokenItem): string {
  return textOf(item).toLowerCase()
}

function unknownValue(token: Token, item: TokenItem, field: FixedField, value: string): Fault {
  const typed = textOf(item)
  if (field === 'state' && value === 'paused') {
    return fault('paused-state', typed, withItem(token, item, 'waiting'))
  }
  const other = Object.entries(fixedValues).find(([, values]: [string, readonly string[]]) =>
    values.includes(value),
  )
  const meant = meantValue(value, fixedValues[field])
  return fault(
    'unknown-value',
    typed,
    other === undefined || token.items.length > 1 ? null : sign(token, `${other[0]}:${value}`),
    meant === null ? null : withItem(token, item, meant),
  )
}

function unknownField(token: Token, typed: string): Fault {
  const meant = meantField(typed, filterFields)
  const behind = token.source.slice((token.negated ? 1 : 0) + typed.length)
  const text = token.negated ? token.source.slice(1) : token.source
  return fault(
    'unknown-field',
    typed,
    meant === null || behind.startsWith('://') ? null : sign(token, `${meant}${behind}`),
    sign(token, quoted(text)),
  )
}

function strayQuote(token: Token): Fault {
  const { items, source, field } = token
  const item = items.at(-1)
  const start = (item?.start ?? token.start) - token.start
  const end = (item?.end ?? token.end) - token.start
  const typed = source.slice(start)
  const apart = `${source.slice(0, end)} ${source.slice(end)}`
  return fault(
    'stray-quote',
    typed,
    field === null && item?.quoted === true ? apart : null,
    `${source.slice(0, start)}${quoted(typed)}`,
  )
}

function emptyValue(token: Token): Fault {
  const left = token.items.filter(({ raw }) => raw !== '')
  const values = left.map((item) => sourceOf(token, item)).join(',')
  return fault('empty-value', token.source, sign(token, `${token.field ?? ''}:${values}`))
}

/** The token with another value in place of one. */
function withItem(token: Token, item: TokenItem, value: string): string {
  const before = token.source.slice(0, item.start - token.start)
  return `${before}${value}${token.source.slice(item.end - token.start)}`
}

function sourceOf(token: Token, { start, end }: TokenItem): string {
  return token.source.slice(start - token.start, end - token.start)
}

function sign({ negated }: Token, text: string): string {
  return negated ? `-${text}` : text
}

import type { NumberField, NumberOperator } from './condition.ts'
import { isDurationField } from './fields.ts'
import { parseMeasure } from './measure.ts'
import { fault, type Fault } from './problem.ts'
import { textOf, type Token } from './tokens.ts'

type Comparison = { field: NumberField } & (
  | { operator: NumberOperator; value: number }
  | { operator: '..'; from: number; to: number }
)

/** What `>=3`, `3` or `1s..5s` says of a field. */
export function readNumber(token: Token, field: NumberField): Comparison | Fault {
  const start = `${token.negated ? '-' : ''}${field}:`
  const [item, second] = token.items
  if (item === undefined) return fault('empty-value', token.source)
  if (second !== undefined) {
    return fault('one-value', token.source, decimal(token, field, start))
  }
  const text = textOf(item)
  const sign = /^(?:[<>]=?|=)/.exec(text)?.[0] ?? ''
  const rest = text.slice(sign.length)
  if (rest === '') return fault('empty-value', token.source)
  const dots = rest.indexOf('..')
  if (dots !== -1) {
    const ends = { from: rest.slice(0, dots), to: rest.slice(dots + 2) }
    return sign === ''
      ? readRange(field, start, text, ends)
      : fault('bad-range', text, `${start}${rest}`)
  }
  const value = parseMeasure(field, rest)
  if (value === null) return badMeasure(field, rest, `${start}${sign}${rest}ms`)
  return { field, operator: sign === '' ? '=' : (sign as NumberOperator), value }
}

function readRange(
  field: NumberField,
  start: string,
  text: string,
  { from, to }: { from: string; to: string },
): Comparison | Fault {
  if (from === '') return fault('bad-range', text, `${start}<=${to}`)
  if (to === '') return fault('bad-range', text, `${start}>=${from}`)
  const low = parseMeasure(field, from)
  const high = parseMeasure(field, to)
  if (low === null) {
    const unit = /^[\d.]+([a-z]+)$/i.exec(to)?.[1] ?? 'ms'
    return badMeasure(field, from, `${start}${from}${unit}..${to}`)
  }
  if (high === null) return badMeasure(field, to, `${start}${from}..${to}ms`)
  if (low > high) return fault('bad-range', text, `${start}${to}..${from}`)
  return { field, operator: '..', from: low, to: high }
}

/** `timed` is what a time may have been meant as that lacks its unit. */
function badMeasure(field: NumberField, typed: string, timed: string): Fault {
  return isDurationField(field) ? fault('bad-duration', typed, timed) : fault('bad-number', typed)
}

/** `0,5` as it is written in other languages. */
function decimal({ items }: Token, field: NumberField, start: string): string | null {
  const [whole, fraction, third] = items.map(textOf)
  const counted = field === 'attempts' || field === 'priority' || field === 'tokens'
  return counted || third !== undefined ? null : `${start}${whole}.${fraction}`
}

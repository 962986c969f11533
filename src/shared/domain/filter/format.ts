import type { Condition } from './condition.ts'
import { formatInstant } from './instant.ts'
import { formatMeasure } from './measure.ts'
import { isBare, quoted, tokensOf } from './tokens.ts'

/**
 * A condition as it is written; parseFilter reads the same out of it. Dates are instants, in UTC. Words that
 * do not stand alone as one term are quoted.
 */
export function formatCondition(condition: Condition): string {
  return `${condition.negated ? '-' : ''}${statementText(condition)}`
}

/** The text of a filter, one blank between conditions. */
export function formatFilter(conditions: readonly Condition[]): string {
  return conditions.map(formatCondition).join(' ')
}

/** A pattern as a value is written: in quotes where it must be. */
export function formatPattern(pattern: string): string {
  const escaped = pattern.replaceAll(/\\([\\*])|\\/g, (escape, escaped: string | undefined) =>
    escaped === undefined ? String.raw`\\` : escape,
  )
  const bare = /^[^\s,"]+$/.test(escaped)
  return bare ? escaped : `"${escaped.replaceAll('"', String.raw`\"`)}"`
}

function statementText(condition: Condition): string {
  if (condition.field === 'text') {
    const { match, text } = condition
    return match === 'words' && isTerm(text) ? text : quoted(text)
  }
  return `${condition.field}:${valueText(condition)}`
}

function isTerm(text: string): boolean {
  const [token, second] = tokensOf(text)
  if (token === undefined || second !== undefined || token.source !== text) return false
  return token.fault === null && !token.negated && isBare(token)
}

function valueText(condition: Exclude<Condition, { field: 'text' }>): string {
  if ('values' in condition) return condition.values.map(formatPattern).join(',')
  if ('at' in condition) return formatInstant(condition.at)
  if (!('operator' in condition)) return condition.value
  const { field } = condition
  if (condition.operator === '..') {
    return `${formatMeasure(field, condition.from)}..${formatMeasure(field, condition.to)}`
  }
  const operator = condition.operator === '=' ? '' : condition.operator
  return `${operator}${formatMeasure(field, condition.value)}`
}

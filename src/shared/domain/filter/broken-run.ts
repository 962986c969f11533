import { filterFields, isFilterField, isNumberField } from './fields.ts'
import { meantField } from './nearest.ts'
import { fault, type Fault } from './problem.ts'
import { isBare, quoted, type Token } from './tokens.ts'

/**
 * A value that a blank cuts off from its field, `state: failed`, `until:2026-11-20 08:00`, or a message that
 * was pasted as it stood, `TypeError: x is not a function`: how many tokens that is, and what it says. Null
 * where the token at `index` begins no such thing.
 */
export function brokenRun(
  text: string,
  tokens: readonly Token[],
  index: number,
): { tokens: number; fault: Fault } | null {
  const token = tokens[index]
  const next = tokens[index + 1]
  if (token === undefined || token.field === null || token.fault !== null) return null
  if (next === undefined || !isPlain(next)) return null
  const field = token.field.toLowerCase()
  const typed = token.source.slice(token.source.indexOf(':') + 1)
  if (/^[<>]?=?\d{4}-\d{2}-\d{2}$/.test(typed)) {
    if ((field !== 'since' && field !== 'until') || !/^\d{2}:\d{2}/.test(next.source)) return null
    const day = typed.replace(/^[<>=]+/, '')
    const meant = `${signOf(token)}${field}:${day}T${next.source}`
    return { tokens: 2, fault: fault('bad-date', `${typed} ${next.source}`, meant) }
  }
  const signs = isNumberField(field) ? /^(?:[<>]=?|=)?$/ : /^$/
  if (!signs.test(typed) && !typed.endsWith(',')) return null
  if (isFilterField(field) && field !== 'error') {
    const joined = `${token.source}${next.source}`
    return { tokens: 2, fault: fault('empty-value', token.source, joined) }
  }
  let end = index + 2
  while (isPlain(tokens[end])) end += 1
  const rest = text.slice(token.end, tokens[end - 1]?.end)
  return { tokens: end - index, fault: brokenText(token, token.field, rest) }
}

/** A word with a colon behind it, and what follows. */
function brokenText(token: Token, word: string, rest: string): Fault {
  const sign = signOf(token)
  const message = `${sign}${quoted(`${token.source.slice(sign.length)}${rest}`)}`
  if (isFilterField(word.toLowerCase())) return fault('empty-value', token.source, message)
  const meant = meantField(word, filterFields)
  const other = meant === null || meant === 'error' ? null : `${sign}${meant}:${rest.trimStart()}`
  return fault('unknown-field', word, other, message)
}

function signOf({ negated }: Token): string {
  return negated ? '-' : ''
}

function isPlain(token: Token | undefined): boolean {
  return token !== undefined && token.fault === null && !token.negated && isBare(token)
}

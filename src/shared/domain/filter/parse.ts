import type { Condition } from './condition.ts'
import { isFilterField, type FilterField } from './fields.ts'
import type { Clock } from './instant.ts'
import { fault, type Fault, type FilterProblem } from './problem.ts'
import { readToken, type Statement } from './read-token.ts'
import { quoted, tokensOf, type Token } from './tokens.ts'
import { wallClock, type WallClock } from './wall-time.ts'

/** Characters a filter may have. */
export const longestFilter = 2000

export interface FilterContext {
  /** Milliseconds since 1970: what `24h` and `today` count from. */
  now: number
  /** IANA name, for dates without a zone. */
  zone: string
}

export interface ParsedFilter {
  conditions: Condition[]
  problems: FilterProblem[]
}

/**
 * Reads a filter (docs/filter.md). Never throws, takes time in proportion to the text, and leaves nothing
 * out: each character is in the span of a condition or of a problem, or is whitespace. A filter with a
 * problem does not hold as a whole; its conditions are there to be shown.
 */
export function parseFilter(text: string, context: FilterContext): ParsedFilter {
  if (text.length > longestFilter) {
    const problem = { start: 0, end: text.length, problem: 'too-long', text: cut(text) } as const
    return { conditions: [], problems: [problem] }
  }
  const clock = clockOf(context)
  const conditions: Condition[] = []
  const problems: FilterProblem[] = []
  for (const { token, span, said } of partsOf(text, clock)) {
    if ('problem' in said) problems.push(problemOf(said, token, span, clock))
    else conditions.push({ ...said, negated: token.negated, span })
  }
  return withoutContradiction({ conditions, problems }, text)
}

interface Part {
  token: Token
  span: { start: number; end: number }
  said: Statement | Fault
}

function partsOf(text: string, clock: Clock): Part[] {
  const tokens = tokensOf(text)
  const parts: Part[] = []
  for (let index = 0; index < tokens.length;) {
    const token = tokens[index]
    if (token === undefined) break
    const broken = brokenRun(text, tokens, index)
    const last = tokens[index + (broken?.tokens ?? 1) - 1] ?? token
    const span = { start: token.start, end: last.end }
    parts.push({ token, span, said: broken?.fault ?? readToken(token, clock) })
    index += broken?.tokens ?? 1
  }
  return parts
}

/**
 * A value that a blank cuts off from its field: `state: failed`, `until:2026-11-20 08:00`, or a message
 * that was pasted as it stood, `TypeError: x is not a function`.
 */
function brokenRun(
  text: string,
  tokens: readonly Token[],
  index: number,
): { tokens: number; fault: Fault } | null {
  const token = tokens[index]
  const next = tokens[index + 1]
  if (token === undefined || next === undefined || token.field === null) return null
  if (token.fault !== null || !isPlain(next)) return null
  const field = token.field.toLowerCase()
  const typed = token.source.slice(token.source.indexOf(':') + 1)
  if ((field === 'since' || field === 'until') && /^\d{4}-\d{2}-\d{2}$/.test(typed)) {
    if (!/^\d{2}:\d{2}/.test(next.source)) return null
    const both = `${typed} ${next.source}`
    return { tokens: 2, fault: fault('bad-date', both, `${token.source}T${next.source}`) }
  }
  if (!/^(?:[<>]=?|=)?$/.test(typed) && !typed.endsWith(',')) return null
  if (isFilterField(field) && field !== 'error') {
    const joined = fault('empty-value', token.source, `${token.source}${next.source}`)
    return { tokens: 2, fault: joined }
  }
  let end = index + 2
  while (isPlain(tokens[end])) end += 1
  const start = token.negated ? token.start + 1 : token.start
  const message = quoted(text.slice(start, tokens[end - 1]?.end))
  const problem = isFilterField(field) ? 'empty-value' : 'unknown-field'
  const shown = isFilterField(field) ? token.source : token.field
  const meant = token.negated ? `-${message}` : message
  return { tokens: end - index, fault: fault(problem, shown, meant) }
}

function isPlain(token: Token | undefined): boolean {
  if (token === undefined || token.field !== null || token.negated) return false
  return token.fault === null && token.items[0]?.quoted === false
}

function problemOf(
  { problem, text, candidates }: Fault,
  token: Token,
  span: Part['span'],
  clock: Clock,
): FilterProblem {
  const field = token.field?.toLowerCase() ?? ''
  const known: { field?: FilterField } = isFilterField(field) ? { field } : {}
  const suggestion = candidates.find((candidate) => holds(candidate, clock))
  const suggested = suggestion === undefined ? {} : { suggestion }
  return { ...span, problem, text: cut(text), ...known, ...suggested }
}

function holds(text: string, clock: Clock): boolean {
  return partsOf(text, clock).every(({ said }) => !('problem' in said))
}

/** Turns a `since` or `until` that leaves no time into a problem. */
function withoutContradiction({ conditions, problems }: ParsedFilter, text: string): ParsedFilter {
  let since = -Infinity
  let until = Infinity
  const kept: Condition[] = []
  const found = [...problems]
  for (const condition of conditions) {
    const { negated, span } = condition
    if ((condition.field === 'since' || condition.field === 'until') && !negated) {
      const { field, at } = condition
      const latest = field === 'since' ? Math.max(since, at) : since
      const earliest = field === 'until' ? Math.min(until, at) : until
      if (latest >= earliest) {
        const said = cut(text.slice(span.start, span.end))
        found.push({ ...span, problem: 'since-after-until', text: said, field })
        continue
      }
      since = latest
      until = earliest
    }
    kept.push(condition)
  }
  found.sort((one, other) => one.start - other.start)
  return { conditions: kept, problems: found }
}

function clockOf({ now, zone }: FilterContext): Clock {
  let known: WallClock | null | undefined
  const wall = () => {
    known ??= wallClock(zone)
    return known
  }
  return { now, zone, wall }
}

function cut(text: string): string {
  return text.slice(0, 200)
}

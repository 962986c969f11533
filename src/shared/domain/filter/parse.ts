import { brokenRun } from './broken-run.ts'
import type { Condition } from './condition.ts'
import { isFilterField, type FilterField } from './fields.ts'
import type { Clock } from './instant.ts'
import type { Fault, FilterProblem } from './problem.ts'
import { readToken, type Statement } from './read-token.ts'
import { tokensOf, type Token } from './tokens.ts'
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

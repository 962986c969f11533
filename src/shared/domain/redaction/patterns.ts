/** Characters of a pattern, and of a key that patterns are tried on. */
const longestPattern = 200
const longestKey = 200
/** Keys are few and come with every job. */
const mostRemembered = 5000

export interface PatternProblem {
  index: number
  /** `slow`: it could take very long on some keys. */
  problem: 'invalid' | 'too-long' | 'slow'
}

/** Tells which patterns cannot be used: none, where the list is empty. */
export function checkRedaction(patterns: readonly string[]): PatternProblem[] {
  return patterns.flatMap((pattern, index) => {
    const problem = problemOf(pattern)
    return problem === null ? [] : [{ index, problem }]
  })
}

function problemOf(pattern: string): PatternProblem['problem'] | null {
  if (pattern.length > longestPattern) return 'too-long'
  try {
    void new RegExp(pattern, 'i')
  } catch {
    return 'invalid'
  }
  return mayBeSlow(pattern) ? 'slow' : null
}

/** Tells whether the value of a key is to be hidden. */
export type RedactionPatterns = (key: string) => boolean

/** One for all jobs. @throws RangeError for patterns that `checkRedaction` refuses. */
export function compileRedaction(patterns: readonly string[]): RedactionPatterns {
  if (checkRedaction(patterns).length > 0) throw new RangeError('A pattern cannot be used')
  const expressions = patterns.map((pattern) => new RegExp(pattern, 'i'))
  const known = new Map<string, boolean>()
  return (key) => {
    const name = key.length > longestKey ? key.slice(0, longestKey) : key
    let matches = known.get(name)
    if (matches === undefined) {
      matches = expressions.some((expression) => expression.test(name))
      if (known.size >= mostRemembered) known.clear()
      known.set(name, matches)
    }
    return matches
  }
}

/** Steps that a search of the longest key may take at worst. */
const mostSteps = 10_000_000
/** A repetition that may be longer counts as endless. */
const mostRepeats = 20

/**
 * Whether a pattern could backtrack long on the longest key: it repeats a group or refers back, or there are too
 * many ways to read what it repeats, leaves out or chooses from. Stricter than need be; names of keys need little
 * of this.
 */
function mayBeSlow(pattern: string): boolean {
  let steps = longestKey
  let depth = 0
  let at = 0
  let afterGroup = false
  while (at < pattern.length) {
    const sign = pattern[at]
    const quantifier = quantifierAt(pattern, at)
    if (quantifier !== null) {
      if (afterGroup && quantifier.most > 1) return true
      steps *= quantifier.most > mostRepeats ? longestKey : 1 + quantifier.most - quantifier.least
      at += quantifier.length
    } else if (sign === '\\') {
      if (/^\\[1-9k]/.test(pattern.slice(at, at + 2))) return true
      at += 2
    } else if (sign === '[') {
      at = endOfClass(pattern, at)
    } else {
      if (sign === '(') depth += 1
      if (sign === ')') depth -= 1
      if (sign === '|' && depth > 0) steps *= 2
      // `(?:`, `(?=` and the like: the question mark is no quantifier.
      at += sign === '(' && pattern[at + 1] === '?' ? 2 : 1
    }
    afterGroup = sign === ')'
  }
  return steps > mostSteps
}

interface Quantifier {
  least: number
  most: number
  length: number
}

function quantifierAt(pattern: string, at: number): Quantifier | null {
  const lazy = (length: number) => (pattern[at + length] === '?' ? length + 1 : length)
  const sign = pattern[at]
  if (sign === '*') return { least: 0, most: Infinity, length: lazy(1) }
  if (sign === '+') return { least: 1, most: Infinity, length: lazy(1) }
  if (sign === '?') return { least: 0, most: 1, length: lazy(1) }
  const range = sign === '{' ? /^\{(\d+)(,?)(\d*)\}/.exec(pattern.slice(at)) : null
  if (range === null) return null
  const least = Number(range[1])
  const most = range[2] === '' ? least : range[3] === '' ? Infinity : Number(range[3])
  return { least, most, length: lazy(range[0].length) }
}

function endOfClass(pattern: string, start: number): number {
  let at = start + 1
  while (at < pattern.length && pattern[at] !== ']') at += pattern[at] === '\\' ? 2 : 1
  return at + 1
}

/*
 * A pattern is how a value of a filter stands in a condition: `*` stands for any run of characters, `\*` for a
 * star, `\\` for a backslash; any other backslash is itself. Case does not matter.
 */

/** The literal texts between the wildcards: one for a pattern without any, `['', 'b']` for `*b`. */
export function patternParts(pattern: string): string[] {
  const parts: string[] = []
  let part = ''
  for (let at = 0; at < pattern.length; at += 1) {
    const next = pattern[at + 1]
    if (pattern[at] === '\\' && (next === '\\' || next === '*')) {
      part += next
      at += 1
    } else if (pattern[at] === '*') {
      parts.push(part)
      part = ''
    } else {
      part += pattern[at]
    }
  }
  parts.push(part)
  return parts
}

/** The pattern that only this text matches. */
export function literalPattern(text: string): string {
  return text.replaceAll(/[\\*]/g, String.raw`\$&`)
}

/** Whether the pattern holds for the whole text. */
export function patternMatches(pattern: string, text: string): boolean {
  const parts = patternParts(pattern).map((part) => part.toLowerCase())
  const whole = text.toLowerCase()
  const [first = ''] = parts
  if (parts.length === 1) return whole === first
  const last = parts.at(-1) ?? ''
  if (!whole.startsWith(first) || !whole.endsWith(last)) return false
  let at = first.length
  for (const part of parts.slice(1, -1)) {
    const found = whole.indexOf(part, at)
    if (found === -1) return false
    at = found + part.length
  }
  return at + last.length <= whole.length
}

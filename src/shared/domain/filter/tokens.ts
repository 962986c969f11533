import type { Span } from './condition.ts'

/** A value as it was typed: what stands between the quotes, or all of it. */
export interface TokenItem extends Span {
  raw: string
  quoted: boolean
}

/** A run of characters that is one condition: `-name:a,"b c"` or `"b c"` or `b`. */
export interface Token extends Span {
  source: string
  negated: boolean
  /** As it was typed; null for text. */
  field: string | null
  /** At least one, which may be empty. */
  items: TokenItem[]
  fault: 'unclosed-quote' | 'stray-quote' | 'double-negation' | null
}

const fieldName = /[\p{L}_$][\p{L}\p{N}_$.-]*:/uy
const quotedText = /"(?:[^"\\]|\\[^])*"/y
const listedWord = /[^\s,]*/y
const word = /\S*/y
const blank = /\s*/y

/** Takes a text apart. Every character is in a token or is whitespace between two. */
export function tokensOf(text: string): Token[] {
  const tokens: Token[] = []
  let at = matchAt(blank, text, 0).length
  while (at < text.length) {
    const token = tokenAt(text, at)
    tokens.push(token)
    at = token.end + matchAt(blank, text, token.end).length
  }
  return tokens
}

function tokenAt(text: string, start: number): Token {
  const negated = text[start] === '-'
  let at = negated ? start + 1 : start
  const name = matchAt(fieldName, text, at)
  const field = name === '' ? null : name.slice(0, -1)
  let found: Token['fault'] = negated && text[at] === '-' ? 'double-negation' : null
  at += name.length
  const items: TokenItem[] = []
  for (;;) {
    const { item, end, fault } = itemAt(text, at, field !== null)
    items.push(item)
    found ??= fault
    at = end
    if (fault !== null || field === null || text[at] !== ',') break
    at += 1
  }
  return { start, end: at, source: text.slice(start, at), negated, field, items, fault: found }
}

function itemAt(
  text: string,
  start: number,
  listed: boolean,
): { item: TokenItem; end: number; fault: Token['fault'] } {
  if (text[start] !== '"') {
    const raw = matchAt(listed ? listedWord : word, text, start)
    const stray = raw.includes('"')
    const end = stray ? wordEnd(text, start) : start + raw.length
    const item = { start, end, raw: text.slice(start, end), quoted: false }
    return { item, end, fault: stray ? 'stray-quote' : null }
  }
  const quote = matchAt(quotedText, text, start)
  if (quote === '') {
    const end = text.length
    const item = { start, end, raw: text.slice(start + 1), quoted: true }
    return { item, end, fault: 'unclosed-quote' }
  }
  const behind = start + quote.length
  const item = { start, end: behind, raw: quote.slice(1, -1), quoted: true }
  const end = wordEnd(text, behind)
  if (end === behind || (listed && text[behind] === ',')) return { item, end: behind, fault: null }
  return { item, end, fault: 'stray-quote' }
}

function wordEnd(text: string, at: number): number {
  return at + matchAt(word, text, at).length
}

function matchAt(pattern: RegExp, text: string, at: number): string {
  pattern.lastIndex = at
  return pattern.exec(text)?.[0] ?? ''
}

/** Whether it is text without quotes. */
export function isBare({ field, items }: Token): boolean {
  return field === null && items[0]?.quoted === false
}

/** The characters a value stands for. */
export function textOf({ raw, quoted }: TokenItem): string {
  return quoted ? raw.replaceAll(/\\(["\\])/g, '$1') : raw
}

/** The pattern a value stands for, with each backslash that is itself written as two. */
export function patternOf({ raw }: TokenItem): string {
  return raw.replaceAll(/\\(["\\*])|\\/g, (escape, escaped: string | undefined) => {
    if (escaped === undefined) return String.raw`\\`
    return escaped === '"' ? '"' : escape
  })
}

/** The text in quotes. */
export function quoted(text: string): string {
  return `"${text.replaceAll(/["\\]/g, String.raw`\$&`)}"`
}

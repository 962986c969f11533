import type { RedactionPatterns } from './patterns.ts'

/** What stands for a hidden value. */
export const hidden = '[redacted]'

export interface Redacted {
  text: string
  /** Values that were hidden. */
  redacted: number
}

/**
 * Hides in a text that is not JSON the values of `key=value` and `key: value`, what follows `Bearer` and `Basic`,
 * and the user of a URL. At most `longest` characters are looked at, which bounds the result. Linear.
 */
export function redactPlain(whole: string, hides: RedactionPatterns, longest: number): Redacted {
  const text = whole.length > longest ? whole.slice(0, longest) : whole
  if (!/[=:]|bearer|basic/i.test(text)) return { text, redacted: 0 }
  const pairs = redactPairs(text, hides)
  let { redacted } = pairs
  const hide = (found: string, kept: string, value: string) => {
    if (!isSecret(value)) return found
    redacted += 1
    return `${kept}${hidden}`
  }
  const result = pairs.text
    .replace(/(:\/\/)([^\s/?#"'<>\\]{1,300}(?=@))/g, hide)
    .replace(/\b((?:bearer|basic)\s{1,5})([\w.~+/=-]{6,})/gi, hide)
  return { text: result, redacted }
}

/** Of what follows `Bearer`, `Basic` or `://`: a token has digits or mixed letters, a word of a sentence has not. */
function isSecret(value: string): boolean {
  return value !== hidden && /[\d=:]|[a-z][A-Z]/.test(value)
}

/** A name with what sets it apart from its value; a backslash and quotes where JSON stands within a string. */
const pair = /(?<![\w.$-])([\w.$-]{1,200})(\\?["']?\s{0,3}(?:=>|:=|[:=])(?!\/\/)[ \t]{0,8})/g
/** Keys whose values are whole lines. */
const wholeLine = /authorization|cookie/i

function redactPairs(text: string, hides: RedactionPatterns): Redacted {
  let result = ''
  let redacted = 0
  let done = 0
  pair.lastIndex = 0
  for (let found = pair.exec(text); found !== null; found = pair.exec(text)) {
    const [all, key = ''] = found
    if (!hides(key)) continue
    const start = found.index + all.length
    const end = endOfValue(text, start, key)
    if (end === start) continue
    result += text.slice(done, start) + hidden
    redacted += 1
    done = end
    pair.lastIndex = end
  }
  return { text: result + text.slice(done), redacted }
}

/** Behind the closing quote; else where the line, the list or the next pair begins. */
function endOfValue(text: string, start: number, key: string): number {
  const quote = /^\\?["'`]/.exec(text.slice(start, start + 2))?.[0]
  if (quote !== undefined) {
    const end = closingQuote(text, start + quote.length, quote)
    return end < 0 ? text.length : end + quote.length
  }
  if (text[start] === '{' || text[start] === '[') return endOfBrackets(text, start)
  // What ends it first: looking for each by itself would read the rest of the text for every pair.
  const ends = wholeLine.test(key) ? /[\r\n]/g : /[\r\n,;&"'`<>(){}[\]\\]|\s[\w.$-]{1,200}\s?[:=]/g
  ends.lastIndex = start
  return ends.exec(text)?.index ?? text.length
}

function closingQuote(text: string, start: number, quote: string): number {
  if (quote.length > 1) {
    const closing = new RegExp(`(?<!\\\\)\\\\${quote.slice(1)}`, 'g')
    closing.lastIndex = start
    return closing.exec(text)?.index ?? -1
  }
  for (let at = start; at < text.length; at += 1) {
    if (text[at] === '\\') at += 1
    else if (text[at] === quote) return at
  }
  return -1
}

/** Behind the bracket that closes the one at `start`; all of the text where none does. */
function endOfBrackets(text: string, start: number): number {
  const brackets = /[{}[\]]/g
  brackets.lastIndex = start
  let depth = 0
  for (let found = brackets.exec(text); found !== null; found = brackets.exec(text)) {
    depth += found[0] === '{' || found[0] === '[' ? 1 : -1
    if (depth === 0) return found.index + 1
  }
  return text.length
}

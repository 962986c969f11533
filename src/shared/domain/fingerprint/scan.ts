import { addUrl } from './address.ts'
import { isDigit } from './quantity.ts'
import { isNameInCode, Quotations } from './quoted.ts'
import { classOf, quote, space, special, word } from './signs.ts'
import { isPlaceholderSign, type TemplateText } from './template-text.ts'
import { addPlainWord, addWord } from './word.ts'

/** Strings of JSON within strings of JSON. */
const deepest = 2

/** Adds a text to a template, word by word. Linear in its length. */
export function scan(text: string, template: TemplateText, depth: number): void {
  const quotations = new Quotations(text)
  let at = 0
  while (at < text.length && !template.isFull) {
    const kind = classOf(text.charCodeAt(at))
    if (kind === word || kind === special) {
      at = addWordAt(text, at, template)
    } else if (kind === quote) {
      at = addQuoteAt(text, at, quotations, template, depth)
    } else if (text[at] === '(' && template.last === 'date' && endOfZone(text, at) > 0) {
      at = endOfZone(text, at)
      template.change('date')
    } else if (text[at] === '<' && endOfObject(text, at) > 0) {
      template.variable('quoted')
      at = endOfObject(text, at)
    } else {
      template.between(separatorAt(text, at, kind))
      at += 1
    }
  }
}

function separatorAt(text: string, at: number, kind: number): string {
  if (kind === space) return ' '
  return isPlaceholderSign(text.charCodeAt(at)) ? '\uFFFD' : (text[at] ?? '')
}

/** `(Central European Standard Time)` behind a date. 0 where it is none. */
function endOfZone(text: string, start: number): number {
  const end = /^\([\p{L} ]{2,50}\)/u.exec(text.slice(start, start + 60))
  return end === null ? 0 : start + end[0].length
}

/** `<_io.BytesIO object at 0x7f3c5a1b2e30>`: Python prints an object so. 0 where it is none. */
function endOfObject(text: string, start: number): number {
  const end = text.indexOf('>', start)
  return end - start < 150 && / at 0x[0-9a-fA-F]+$/.test(text.slice(start, end)) ? end + 1 : 0
}

/** @returns the position behind the word. */
function addWordAt(text: string, start: number, template: TemplateText): number {
  let at = start
  let plain = true
  while (at < text.length) {
    const code = text.charCodeAt(at)
    const kind = classOf(code)
    if (kind === special) {
      if (code === 58 && text.startsWith('://', at)) return addUrlAt(text, start, at, template)
      plain = false
    } else if (kind !== word && !isWithin(text, at, code, start)) {
      break
    }
    at += 1
  }
  if (plain) {
    addPlainWord(text.slice(start, at), template)
    return at
  }
  return addSpecialWord(text, start, at, template)
}

/** An apostrophe in a word, a comma in a number, a space between the thousands of a number. */
function isWithin(text: string, at: number, code: number, start: number): boolean {
  if (at === start) return false
  const before = text.charCodeAt(at - 1)
  const after = text.charCodeAt(at + 1)
  if (code === 39 || code === 0x2019) return classOf(after) === word && classOf(before) === word
  if (!isDigit(before) || !isDigit(after)) return false
  if (code === 44) return true
  return classOf(code) === space && areThousands(text, start, at)
}

/** Characters of the longest number that is written with spaces. */
const longestSpaced = 20

/** `1 234`: digits alone, at most three before the first space and exactly three behind each. */
function areThousands(text: string, start: number, at: number): boolean {
  return (
    at - start <= longestSpaced &&
    /^[-+~$]?\d{1,3}(?:\s\d{3})*$/.test(text.slice(start, at)) &&
    /^\d{3}(?!\d)/.test(text.slice(at + 1, at + 5))
  )
}

function addSpecialWord(text: string, from: number, to: number, template: TemplateText): number {
  let start = from
  let end = to
  // `::1` is an address; other leading signs are punctuation, as are trailing ones.
  while (end > start && '.:?=-&+*/~'.includes(text[end - 1] ?? '')) end -= 1
  while (start < end && ':=-+*?&~%$'.includes(text[start] ?? '') && !text.startsWith('::', start)) {
    start += 1
  }
  // `=` ends Base64.
  while (end - start > 16 && end < to && text[end] === '=') end += 1
  if (start > from && !(start === from + 1 && isSignOfNumber(text, from))) {
    template.between(text.slice(from, start))
  }
  if (start < end) addWord(text.slice(start, end), text.slice(end, end + 12), template)
  if (end < to) template.between(text.slice(end, to))
  return to
}

/** `-5`, `$12`: the sign is part of the value. */
function isSignOfNumber(text: string, at: number): boolean {
  return '-+~$'.includes(text[at] ?? '') && isDigit(text.charCodeAt(at + 1))
}

function addUrlAt(text: string, start: number, colon: number, template: TemplateText): number {
  let at = colon + 3
  while (at < text.length) {
    const code = text.charCodeAt(at)
    if (code <= 32 || code === 34 || code === 39 || code === 60 || code === 62 || code === 96) break
    at += 1
  }
  let end = at
  while (end > colon + 3 && '.,;:!?)]}'.includes(text[end - 1] ?? '')) end -= 1
  addUrl(text.slice(start, end), template)
  return end
}

function addQuoteAt(
  text: string,
  at: number,
  quotations: Quotations,
  template: TemplateText,
  depth: number,
): number {
  const sign = text[at] ?? ''
  const opens = sign !== "'" || at === 0 || classOf(text.charCodeAt(at - 1)) !== word
  const quotation = opens ? quotations.at(at) : null
  if (quotation === null) {
    template.between(sign)
    return at + 1
  }
  const { content, end } = quotation
  if (sign === '"' && /^\s?:/.test(text.slice(end, end + 2)) && /^[\w.$-]{1,60}$/.test(content)) {
    return addMember(text, content, end, quotations, template, depth)
  }
  if (isNameInCode(sign, content, template)) template.add(`${sign}${content}${sign}`)
  else template.variable('quoted')
  return end
}

/** Members of JSON whose value says what went wrong. */
const tellingMembers = new Set(
  (
    'code type error message reason title detail description status statusCode error_code errorCode error_type ' +
    'error_description error_message errorMessage name expected received msg'
  ).split(' '),
)

/** `"code": "E_FULL"` of JSON within a message. */
function addMember(
  text: string,
  name: string,
  from: number,
  quotations: Quotations,
  template: TemplateText,
  depth: number,
): number {
  addWord(name, ':', template)
  template.between(':')
  let at = text.indexOf(':', from) + 1
  while (classOf(text.charCodeAt(at)) === space) at += 1
  const value = text[at] === '"' ? quotations.at(at) : null
  if (value === null) return at
  if (tellingMembers.has(name) && depth < deepest) {
    scan(value.content.replace(/\\n/g, ' ').replaceAll('\\"', '"'), template, depth + 1)
  } else {
    template.variable('quoted')
  }
  return value.end
}

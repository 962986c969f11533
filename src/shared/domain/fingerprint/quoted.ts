import type { TemplateText } from './template-text.ts'

const closings: Readonly<Record<string, string>> = {
  '"': '"',
  "'": "'",
  '`': '`',
  '“': '”',
  '„': '“',
  '«': '»',
  '‹': '›',
  '‘': '’',
}

export interface Quotation {
  content: string
  /** Position behind the closing quote. */
  end: number
}

/** Finds what quotes enclose. One for each message: it remembers what has no end, so that all is linear. */
export class Quotations {
  readonly #text: string
  #open = ''

  constructor(text: string) {
    this.#text = text
  }

  /** What the quote at `start` encloses; null when it is none, or never closed. */
  at(start: number): Quotation | null {
    const sign = this.#text[start] ?? ''
    const closing = closings[sign]
    if (closing === undefined || this.#open.includes(sign)) return null
    const end = this.#closingOf(closing, start + 1)
    // „…” and “…“ are met too.
    if (end < 0) {
      this.#open += sign
      return null
    }
    return { content: this.#text.slice(start + 1, end), end: end + 1 }
  }

  #closingOf(closing: string, start: number): number {
    const text = this.#text
    const other = closing === '“' ? '”' : closing
    for (let at = start; at < text.length; at += 1) {
      const sign = text[at]
      if (sign === '\\') at += 1
      else if (sign === closing || sign === other) {
        if (closing !== "'" || !isWordSign(text, at + 1)) return at
      }
    }
    return -1
  }
}

/** An apostrophe within a word ends nothing. */
function isWordSign(text: string, at: number): boolean {
  return at < text.length && /^[\p{L}\p{N}]/u.test(text.slice(at, at + 2))
}

/** Names of the program, not of its data: what stands behind one of these says what went wrong. */
const namedThings = new Set(
  'constraint relation column table index key collection module package field property function'.split(
    ' ',
  ),
)
const behindReading = new Set(['read', 'set', 'reading', 'setting'])

/** True where the quoted text is a name in the code or the schema, and so part of what went wrong. */
export function isNameInCode(sign: string, content: string, before: TemplateText): boolean {
  if (content.length > 80 || !/^[\w$@./-]+(?:\(\))?$/.test(content) || !/[A-Za-z_]/.test(content)) {
    return false
  }
  const { word, separator } = before
  if (sign === '`') return content.endsWith('()') || separator.endsWith('(')
  if (before.last !== null || content.startsWith('/')) return false
  if (separator === ' ') return namedThings.has(word) && !behindReading.has(before.wordBefore)
  // `{ code: 'E_FULL' }`, `reason="quota"`.
  return /^[:=] ?$/.test(separator) && /^(?:code|reason|status|errno)$/.test(word)
}

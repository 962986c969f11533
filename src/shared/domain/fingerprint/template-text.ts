/** What stands for a variable part. */
const placeholders = [
  'number',
  'uuid',
  'hex',
  'id',
  'token',
  'date',
  'duration',
  'size',
  'path',
  'url',
  'host',
  'ip',
  'email',
  'quoted',
  'value',
] as const
export type Placeholder = (typeof placeholders)[number]

/** While a template grows, a variable part is one private sign, from this one on. */
const firstSign = 0xe000
const signs = new Map(
  placeholders.map((kind, index) => [kind, String.fromCharCode(firstSign + index)]),
)
const anySign = /[\uE000-\uE00E]/g

export function isPlaceholderSign(code: number): boolean {
  return code >= firstSign && code < firstSign + placeholders.length
}

const longestText = 500

/** A template as it grows. A list of variable parts is one. */
export class TemplateText {
  /** The last words that are not variable; empty at the start. */
  word = ''
  wordBefore = ''
  /** What stands since the last word or variable part. */
  separator = ''
  /** The last part, when it was a variable one. */
  last: Placeholder | null = null
  #text = ''
  #hasVariable = false
  /** Where the last part begins, to change it or take it back, and the one before it. */
  #start = 0
  #startBefore = 0

  get isFull(): boolean {
    return this.#text.length >= longestText
  }

  get isEmpty(): boolean {
    return this.#text === '' && (this.separator === '' || this.separator === ' ')
  }

  /** Punctuation; white space in any amount is one space. */
  between(sign: string): void {
    // A value that was cut is as good as a whole one.
    if (this.last !== null && (sign === '…' || sign === '...')) return
    if (sign !== ' ' || !this.separator.endsWith(' ')) this.separator += sign
  }

  /** A word as it stands. */
  add(word: string): void {
    this.#append(word)
    this.last = null
    this.wordBefore = this.word
    this.word = word
  }

  variable(kind: Placeholder): void {
    if (this.last !== null && belongTogether(this.last, kind, this.separator)) {
      this.separator = ''
      return
    }
    this.#append(signs.get(kind) ?? '')
    this.#hasVariable = true
    this.last = kind
  }

  /** The last variable part is of this kind, and what stands behind it belongs to it. */
  change(kind: Placeholder): void {
    this.#text = this.#text.slice(0, this.#start) + (signs.get(kind) ?? '')
    this.last = kind
    this.separator = ''
  }

  /** The last part, a word, belongs to a variable part that comes. */
  takeBack(): void {
    this.#text = this.#text.slice(0, this.#start)
    this.#start = this.#startBefore
    this.separator = ''
    this.word = this.wordBefore
  }

  /**
   * `text` is for a reader. In `key` all variable parts are one sign, so that an order's number and an order's
   * UUID are the same problem.
   */
  result(): { text: string; key: string } {
    const whole = (this.#text + this.separator).trim()
    const cut = whole.length > longestText ? `${whole.slice(0, longestText)}…` : whole
    if (!this.#hasVariable) return { text: cut, key: cut }
    return {
      text: cut.replace(
        anySign,
        (sign) => `<${placeholders[sign.charCodeAt(0) - firstSign] ?? ''}>`,
      ),
      key: cut.replace(anySign, '\u0001'),
    }
  }

  #append(part: string): void {
    this.#startBefore = this.#start
    this.#start = this.#text.length + this.separator.length
    this.#text += this.separator + part
    this.separator = ''
  }
}

/** `2026-11-20, 08:30`, `1 h 20 min`, `"a", "b"`: parts that are one for a reader. */
function belongTogether(last: Placeholder, next: Placeholder, separator: string): boolean {
  if (separator === ' ') return last === next || (last === 'duration' && next === 'number')
  return separator === ', ' || separator === ',' || separator === '/' || separator === ' | '
}

import type { RedactionPatterns } from './patterns.ts'
import { hidden, redactPlain, type Redacted } from './redact-plain.ts'

/** JSON within strings of JSON. */
const deepest = 3

/**
 * JSON without white space and without the values of hidden keys, read sign by sign so that numbers stay as they
 * are and the text may end anywhere. Stops once it has `cap` characters. Null when the text is no JSON.
 */
export function redactJson(
  text: string,
  hides: RedactionPatterns,
  cap: number,
  depth = 0,
): Redacted | null {
  const reader = new JsonRedaction(text, hides, cap, depth)
  return reader.run() ? { text: reader.result, redacted: reader.redacted } : null
}

interface Container {
  closing: '}' | ']'
  /** `{"name": "Authorization", "value": …}`: the value of such a pair is hidden too. */
  hidesValue: boolean
}

/** What may come next. */
type Expected = 'value' | 'first-value' | 'key' | 'first-key' | 'colon' | 'comma' | 'end'

class JsonRedaction {
  result = ''
  redacted = 0
  readonly #text: string
  readonly #hides: RedactionPatterns
  readonly #cap: number
  readonly #depth: number
  readonly #open: Container[] = []
  #at = 0
  #expected: Expected = 'value'
  #key = ''

  constructor(text: string, hides: RedactionPatterns, cap: number, depth: number) {
    this.#text = text
    this.#hides = hides
    this.#cap = cap
    this.#depth = depth
  }

  /** False when the text is no JSON. */
  run(): boolean {
    this.#skipSpace()
    while (this.#at < this.#text.length && this.result.length <= this.#cap) {
      if (!this.#step(this.#text[this.#at] ?? '')) return false
      this.#skipSpace()
    }
    return this.result !== ''
  }

  #step(sign: string): boolean {
    switch (this.#expected) {
      case 'first-key':
      case 'key':
        return sign === '"' ? this.#readKey() : this.#close(sign, 'first-key')
      case 'colon':
        return sign === ':' && this.#readMember()
      case 'comma':
        return sign === ',' ? this.#next() : this.#close(sign, 'comma')
      case 'first-value':
      case 'value':
        return this.#close(sign, 'first-value') || this.#readValue(sign)
      default:
        return false
    }
  }

  #next(): boolean {
    this.#emit(',')
    this.#expected = this.#open.at(-1)?.closing === '}' ? 'key' : 'value'
    return true
  }

  #close(sign: string, allowed: Expected): boolean {
    if (this.#expected !== allowed || sign !== this.#open.at(-1)?.closing) return false
    this.#open.pop()
    this.#emit(sign)
    this.#afterValue()
    return true
  }

  #readKey(): boolean {
    const raw = this.#takeString()
    this.#key = decoded(raw)
    this.result += JSON.stringify(this.#key)
    this.#expected = 'colon'
    return true
  }

  #readMember(): boolean {
    this.#emit(':')
    this.#expected = 'value'
    const container = this.#open.at(-1)
    const isHidden =
      this.#hides(this.#key) || (container?.hidesValue === true && /^values?$/i.test(this.#key))
    if (!isHidden) return true
    this.#skipSpace()
    if (this.#at >= this.#text.length) return true
    this.#skipValue()
    this.result += `"${hidden}"`
    this.redacted += 1
    this.#afterValue()
    return true
  }

  #readValue(sign: string): boolean {
    if (sign === '{' || sign === '[') {
      this.#emit(sign)
      this.#open.push({ closing: sign === '{' ? '}' : ']', hidesValue: false })
      this.#expected = sign === '{' ? 'first-key' : 'first-value'
      return true
    }
    if (sign === '"') {
      this.#readString()
    } else {
      const literal = this.#takeLiteral()
      if (!isLiteral(literal, this.#at === this.#text.length)) return false
      this.result += literal
    }
    this.#afterValue()
    return true
  }

  #readString(): void {
    const raw = this.#takeString()
    const value = decoded(raw)
    const container = this.#open.at(-1)
    if (container?.closing === '}' && /^(?:name|key|header)$/i.test(this.#key)) {
      container.hidesValue = this.#hides(value)
    }
    const start = value.charCodeAt(0)
    const inner =
      (start === 123 || start === 91) && this.#depth < deepest
        ? redactJson(value, this.#hides, this.#cap, this.#depth + 1)
        : null
    const { text, redacted } = inner ?? redactPlain(value, this.#hides, this.#cap)
    this.redacted += redacted
    this.result += JSON.stringify(text)
  }

  #afterValue(): void {
    this.#expected = this.#open.length === 0 ? 'end' : 'comma'
  }

  #emit(sign: string): void {
    this.result += sign
    this.#at += 1
  }

  #skipSpace(): void {
    while (this.#at < this.#text.length && ' \n\r\t'.includes(this.#text[this.#at] ?? 'x'))
      this.#at += 1
  }

  /** With its quotes; the closing one is added where the text was cut. */
  #takeString(): string {
    const start = this.#at
    this.#at = endOfString(this.#text, start)
    return this.#text.slice(start, this.#at)
  }

  #takeLiteral(): string {
    const start = this.#at
    while (this.#at < this.#text.length && !',:{}[]" \n\r\t'.includes(this.#text[this.#at] ?? '')) {
      this.#at += 1
      if (this.#at - start > 400) break
    }
    return this.#text.slice(start, this.#at)
  }

  /** Whatever it is, to its end, or to the end of the text. */
  #skipValue(): void {
    let depth = 0
    while (this.#at < this.#text.length) {
      const sign = this.#text[this.#at] ?? ''
      if (depth === 0 && (sign === ',' || sign === '}' || sign === ']')) return
      if (sign === '"') {
        this.#at = endOfString(this.#text, this.#at)
        continue
      }
      if (sign === '{' || sign === '[') depth += 1
      if (sign === '}' || sign === ']') depth -= 1
      this.#at += 1
    }
  }
}

/** Position behind the closing quote, or the end of the text. */
function endOfString(text: string, start: number): number {
  let at = start + 1
  while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1
  return Math.min(at + 1, text.length)
}

/** The text of a string of JSON, which may lack its end. */
function decoded(raw: string): string {
  if (!raw.includes('\\') && raw.endsWith('"') && raw.length > 1) return raw.slice(1, -1)
  const whole = parsed(raw)
  if (whole !== null) return whole
  // A cut may fall within an escape, `\\u00` at the worst.
  for (let drop = 0; drop <= 6; drop += 1) {
    const cut = parsed(`${raw.slice(0, raw.length - drop)}"`)
    if (cut !== null) return cut
  }
  return raw.slice(1, raw.endsWith('"') ? -1 : undefined)
}

function parsed(text: string): string | null {
  try {
    return String(JSON.parse(text))
  } catch {
    return null
  }
}

const literals = ['true', 'false', 'null']

/** A cut one may lack its end. */
function isLiteral(text: string, isLast: boolean): boolean {
  if (literals.includes(text) || /^-?\d{1,400}(?:\.\d{1,400})?(?:[eE][+-]?\d{1,10})?$/.test(text))
    return true
  if (!isLast || text === '') return false
  return (
    literals.some((literal) => literal.startsWith(text)) ||
    /^-?\d{0,400}\.?\d{0,400}[eE]?[+-]?$/.test(text)
  )
}

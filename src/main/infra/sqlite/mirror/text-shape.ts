/*
 * Most failures of one kind say the same but for a few numbers and ids. What they have in common, the shape of
 * their text, is kept once and known by a number; the index holds of each row that number and what is its own.
 * This is about exact characters, unlike the template of a failure group, which is for readers.
 */

/** Begins the mark of a shape in the index; stands for itself in no text there. */
export const shapeSign = '\uF8FE'
/** What stands in the index for a sign in a text. */
const otherSign = '\uF8FD'
const firstOfMark = 0xe000
const marksBase = 4096

/** Stands in a shape for what is a row's own. */
export const gap = '\0'

/** Characters of a literal part that are told with what is beside it: with them each trigram is complete. */
const border = 2

/** None of what is between these is a letter or digit, nor belongs to one: words do not go beyond. */
const chunk = /[^\s()[\]{}<>"'`,;:=|/\\?!&#]+/gu
const digit = /\d/

export interface SplitText {
  /** The text with a gap for each part that has a digit. */
  shape: string
  /** Those parts. */
  words: string
  /** Those parts with what is beside them, a line each. */
  pieces: string
}

/** Parts of a text that are likely its own, and the rest of it. Linear. */
export function splitText(text: string): SplitText {
  let shape = ''
  let words = ''
  let pieces = ''
  let done = 0
  for (const { 0: part, index } of text.matchAll(chunk)) {
    if (!digit.test(part)) continue
    const literal = text.slice(done, index)
    shape += literal + gap
    words += ` ${part}`
    if (done === 0) pieces += tailOf(literal)
    else if (literal.length <= 2 * border) pieces += literal
    else pieces += `${headOf(literal)}\n${tailOf(literal)}`
    pieces += part
    done = index + part.length
  }
  const rest = text.slice(done)
  return { shape: shape + rest, words, pieces: done === 0 ? '' : pieces + headOf(rest) }
}

/** Literal parts of a shape. */
export const literalsOf = (shape: string): string[] => shape.split(gap)

/** One word, for the index of words. */
export const wordMark = (shape: number): string => shapeSign + shape.toString(36)

/** Three characters, for the index of pieces. */
export function pieceMark(shape: number): string {
  const high = Math.floor(shape / marksBase) % marksBase
  return shapeSign + String.fromCharCode(firstOfMark + high, firstOfMark + (shape % marksBase))
}

/** Whether these characters can be asked of the index as they are. */
export const hasSign = (text: string): boolean =>
  text.includes(shapeSign) || text.includes(otherSign)

/** Text as it may stand in the index. */
export function unsigned(text: string): string {
  const plain = text.includes(shapeSign) ? text.replaceAll(shapeSign, otherSign) : text
  return plain.includes(gap) ? plain.replaceAll(gap, '\n') : plain
}

const surrogate = /[\uD800-\uDFFF]/

function headOf(literal: string): string {
  const head = literal.slice(0, 2 * border)
  return surrogate.test(head) ? Array.from(head).slice(0, border).join('') : head.slice(0, border)
}

function tailOf(literal: string): string {
  const tail = literal.slice(-2 * border)
  return surrogate.test(tail) ? Array.from(tail).slice(-border).join('') : tail.slice(-border)
}

/** A piece of a text that is shown on one row; `continues` when its line was too long for one. */
export interface TextPiece {
  text: string
  /** Of the line, from 1. */
  line: number
  continues: boolean
}

/** Longest piece in characters: far beyond any window, and little for a browser to lay out. */
const longest = 400

/**
 * Where the rows of a text begin, so that a text of many megabytes shows in constant time. A piece
 * never ends between the two halves of a character.
 */
export function textPieces(text: string): TextPiece[] {
  const pieces: TextPiece[] = []
  text.split('\n').forEach((line, index) => {
    let start = 0
    do {
      const end = endOfPiece(line, start)
      pieces.push({
        text: line.slice(start, end),
        line: index + 1,
        continues: start > 0,
      })
      start = end
    } while (start < line.length)
  })
  return pieces
}

function endOfPiece(line: string, start: number): number {
  const end = Math.min(line.length, start + longest)
  const code = line.charCodeAt(end - 1)
  const split = end < line.length && code >= 0xd800 && code <= 0xdbff
  return split ? end - 1 : end
}

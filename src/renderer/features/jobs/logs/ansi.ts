/** A run of text in one style, out of a line with terminal colours. */
export interface AnsiRun {
  text: string
  /** One of the eight colours, null for the line's own. */
  color: AnsiColor | null
  bold: boolean
  dim: boolean
}

const colors = ['black', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white'] as const
export type AnsiColor = (typeof colors)[number]

type Style = Omit<AnsiRun, 'text'>

const escape = '\u001B'
const bell = '\u0007'
const plain: Style = { color: null, bold: false, dim: false }

/**
 * Takes a log line with terminal escapes apart. Colours and weight become runs; everything else a
 * terminal would obey (moving the cursor, links, titles) is dropped. Linear in the length of the line.
 */
export function parseAnsi(line: string): AnsiRun[] {
  const runs: AnsiRun[] = []
  let style = plain
  let index = 0
  while (index < line.length) {
    const next = line.indexOf(escape, index)
    const end = next < 0 ? line.length : next
    if (end > index) {
      runs.push({ text: line.slice(index, end), ...style })
    }
    if (next < 0) {
      break
    }
    const sequence = readSequence(line, next)
    if (sequence.codes !== null) {
      style = applyCodes(style, sequence.codes)
    }
    index = sequence.end
  }
  return runs
}

/** The line without any escape. */
export function withoutAnsi(line: string): string {
  return line.includes(escape)
    ? parseAnsi(line)
        .map((run) => run.text)
        .join('')
    : line
}

/** Where the escape at `start` ends, and the numbers of a colour escape. */
function readSequence(line: string, start: number): { end: number; codes: number[] | null } {
  const kind = line[start + 1]
  if (kind === '[') {
    let end = start + 2
    while (end < line.length && !isFinal(line.charCodeAt(end))) {
      end += 1
    }
    const codes =
      line[end] === 'm'
        ? line
            .slice(start + 2, end)
            .split(/[;:]/, 32)
            .map(Number)
        : null
    return { end: end + 1, codes }
  }
  if (kind === ']') {
    const end = endOfCommand(line.slice(start, start + longestCommand))
    // Without its end it would swallow the rest of the line: drop only its beginning.
    return { end: start + (end < 0 ? 2 : end), codes: null }
  }
  return { end: start + (kind === undefined || kind === escape ? 1 : 2), codes: null }
}

/** Links and titles are short; looking further for an end would be quadratic on hostile lines. */
const longestCommand = 2_000

function endOfCommand(text: string): number {
  const byBell = text.indexOf(bell)
  const byEscape = text.indexOf(`${escape}\\`, 1)
  const ends = [byBell < 0 ? -1 : byBell + 1, byEscape < 0 ? -1 : byEscape + 2]
  const found = ends.filter((end) => end >= 0)
  return found.length > 0 ? Math.min(...found) : -1
}

function isFinal(code: number): boolean {
  return code >= 0x40 && code <= 0x7e
}

function applyCodes(style: Style, codes: readonly number[]): Style {
  let result = style
  for (let index = 0; index < codes.length; index += 1) {
    const code = codes[index] ?? 0
    if (code === 38 || code === 48) {
      // 256 and true colours: skip their arguments, keep the line's own colour.
      index += codes[index + 1] === 5 ? 2 : 4
    } else {
      result = applyCode(result, code)
    }
  }
  return result
}

function applyCode(style: Style, code: number): Style {
  if (code === 0) return plain
  if (code === 1) return { ...style, bold: true }
  if (code === 2) return { ...style, dim: true }
  if (code === 22) return { ...style, bold: false, dim: false }
  if (code === 39) return { ...style, color: null }
  const index = code >= 90 && code <= 97 ? code - 90 : code - 30
  const color = colors[index]
  return color === undefined ? style : { ...style, color }
}

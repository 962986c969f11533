import type { JobState } from '#shared/domain/job-state.ts'
import { ConsoleError } from '#shared/errors.ts'
import type { ListPosition } from './ports.ts'

/** A position as the opaque text that callers hand back. */
export function encodeCursor(position: ListPosition): string {
  const parts =
    position.kind === 'set'
      ? ['s', position.score, position.id]
      : ['l', position.part, position.index, position.id]
  return Buffer.from(JSON.stringify(parts)).toString('base64url')
}

/** @throws ConsoleError CURSOR_INVALID for anything `encodeCursor` did not make for such a state. */
export function decodeCursor(cursor: string, state: JobState): ListPosition {
  const position = positionOf(parse(cursor))
  const kind = listStates.has(state) ? 'list' : 'set'
  if (position === null || position.kind !== kind) throw new ConsoleError('CURSOR_INVALID', {})
  return position
}

/** States without an order of their own but the line: the others are sorted by a score. */
const listStates: ReadonlySet<JobState> = new Set(['waiting', 'active'])

function parse(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')) as unknown
  } catch {
    return null
  }
}

function positionOf(parts: unknown): ListPosition | null {
  if (!Array.isArray(parts)) return null
  const [kind, ...rest] = parts as unknown[]
  if (kind === 's' && rest.length === 2) {
    const [score, id] = rest
    // The score goes into a range command, so it must be a plain number.
    if (typeof score === 'string' && typeof id === 'string' && isNumber(score)) {
      return { kind: 'set', score, id }
    }
  }
  if (kind === 'l' && rest.length === 3) {
    const [part, index, id] = rest
    if (isIndex(part) && isIndex(index) && typeof id === 'string') {
      return { kind: 'list', part, index, id }
    }
  }
  return null
}

const isNumber = (text: string): boolean =>
  /^-?\d[\d.e+-]*$/.test(text) && !Number.isNaN(Number(text))

const isIndex = (value: unknown): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0

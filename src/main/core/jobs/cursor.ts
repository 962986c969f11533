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

/** @throws ConsoleError CURSOR_INVALID for anything `encodeCursor` did not make. */
export function decodeCursor(cursor: string): ListPosition {
  const position = positionOf(parse(cursor))
  if (position === null) throw new ConsoleError('CURSOR_INVALID', {})
  return position
}

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
    if (typeof score === 'string' && typeof id === 'string' && /^-?\d[\d.e+]*$/.test(score)) {
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

const isIndex = (value: unknown): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0

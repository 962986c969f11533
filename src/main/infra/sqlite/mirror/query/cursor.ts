import { createHash } from 'node:crypto'
import type { Condition } from '#shared/domain/filter/condition.ts'
import type { Position } from './order.ts'

/** Becomes the catalogue's error where the answer arrives: a thread does not load the catalogue. */
export class InvalidCursor extends Error {
  readonly code = 'CURSOR_INVALID'
}

/**
 * A position as the opaque text that callers hand back. It carries a sum over itself and the query, so
 * that neither a damaged one nor that of another query leads anywhere.
 */
export function encodeCursor(position: Position, query: string): string {
  const { value, key, table } = position
  const parts = [value, key, table, sumOf(position, query)]
  return Buffer.from(JSON.stringify(parts)).toString('base64url')
}

/** @throws InvalidCursor for anything `encodeCursor` did not make for such a query. */
export function decodeCursor(cursor: string, query: string): Position {
  const parts = parse(cursor)
  if (Array.isArray(parts) && parts.length === 4) {
    const [value, key, table, sum] = parts as unknown[]
    if (isValue(value) && typeof key === 'number' && typeof table === 'number') {
      const position = { value, key, table }
      if (sum === sumOf(position, query)) return position
    }
  }
  throw new InvalidCursor()
}

/**
 * What makes two queries the same list. Not the time of `since:24h`, which moves from page to page,
 * nor where a condition stands in the text.
 */
export function queryIdentity(sort: string, conditions: readonly Condition[]): string {
  const told = conditions.map((condition) => {
    const { span: _, ...rest } = condition
    return JSON.stringify('at' in rest ? { ...rest, at: 0 } : rest)
  })
  return JSON.stringify([sort, ...told])
}

function sumOf({ value, key, table }: Position, query: string): string {
  return createHash('sha256')
    .update(JSON.stringify([value, key, table, query]))
    .digest('base64url')
    .slice(0, 16)
}

function parse(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')) as unknown
  } catch {
    return null
  }
}

const isValue = (value: unknown): value is string | number | null =>
  value === null || typeof value === 'string' || typeof value === 'number'

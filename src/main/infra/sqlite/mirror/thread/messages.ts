import { MirrorError } from '#core/mirror/ports.ts'
import type { MirrorProblem } from '#shared/contract/mirror.ts'
import { InvalidCursor } from '../query/cursor.ts'

/** What is asked of a thread, by the name of a method and its arguments. */
export interface Call {
  id: number
  method: string
  args: readonly unknown[]
}

/** Instead of a call: the thread may end. */
export const endOfCalls = 'end'

/** An error as it crosses: only these two kinds are told apart by whoever asked. */
export type Trouble =
  | { kind: 'mirror'; problem: MirrorProblem; message: string }
  | { kind: 'cursor' }
  | { kind: 'other'; message: string; stack: string | null }

export type Answer = { id: number; value: unknown } | { id: number; trouble: Trouble }

export function troubleOf(error: unknown): Trouble {
  if (error instanceof MirrorError) {
    return { kind: 'mirror', problem: error.problem, message: error.message }
  }
  if (error instanceof InvalidCursor) return { kind: 'cursor' }
  return error instanceof Error
    ? { kind: 'other', message: error.message, stack: error.stack ?? null }
    : { kind: 'other', message: String(error), stack: null }
}

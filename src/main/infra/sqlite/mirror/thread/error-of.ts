import { MirrorError } from '#core/mirror/ports.ts'
import { ConsoleError } from '#shared/errors.ts'
import type { Trouble } from './messages.ts'

/** What a thread's trouble is to whoever asked it. */
export function errorOf(trouble: Trouble): Error {
  if (trouble.kind === 'mirror') return new MirrorError(trouble.problem, trouble.message)
  if (trouble.kind === 'cursor') return new ConsoleError('CURSOR_INVALID', {})
  const error = new Error(trouble.message)
  if (trouble.stack !== null) error.stack = trouble.stack
  return error
}

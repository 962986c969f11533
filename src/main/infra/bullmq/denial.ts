import { ConsoleError } from '#shared/errors.ts'
import type { PipelineSender } from './batch.ts'

/** The first NOPERM among replies, as the catalogue's error. */
export function denialIn(sender: PipelineSender, replies: readonly unknown[]): ConsoleError | null {
  for (const reply of replies) {
    if (!(reply instanceof Error)) continue
    const error = sender.consoleError(reply)
    if (error instanceof ConsoleError) return error
  }
  return null
}

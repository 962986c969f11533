import type { Redis } from 'ioredis'
import { sampleOf, type Question } from './rights-commands.ts'
import { sendCommands } from './send-commands.ts'

/**
 * - `allowed`, or refused because of the `command` or of the `key`
 * - `absent`: there is no such command on this server (an older one, or it was renamed away)
 * - `unknown`: Redis did not tell
 */
export type Answer = 'allowed' | 'command' | 'key' | 'absent' | 'unknown'

/** What Redis says of a command, as NOPERM or, without that word, in reply to DRYRUN. */
export function refusalIn(text: string): 'command' | 'key' | null {
  if (/permissions? to run the '[^']*' command/i.test(text)) return 'command'
  return /permissions? to access .*\bkeys?\b/i.test(text) ? 'key' : null
}

export const absent = /unknown command|^ERR Command '.*' not found/i

/**
 * By `ACL DRYRUN` (Redis 7), which executes nothing; in one round trip. Answers in the order of the
 * questions; null when this way of asking is not open here.
 */
export async function askByDryRun(
  redis: Redis,
  user: string,
  questions: readonly Question[],
): Promise<Answer[] | null> {
  const replies = await sendCommands(
    redis,
    questions.map((question) => ['acl', 'DRYRUN', user, ...sampleOf(question)] as const),
  )
  const answers = replies.map(answerOf)
  return answers.includes(null) ? null : answers.map((answer) => answer ?? 'unknown')
}

/** Null when DRYRUN itself was refused or is not there. */
function answerOf(reply: unknown): Answer | null {
  if (reply === 'OK') return 'allowed'
  if (typeof reply === 'string') return refusalIn(reply) ?? 'unknown'
  const { message } = reply instanceof Error ? reply : new Error('no reply')
  if (/^ERR Command '.*' not found/i.test(message)) return 'absent'
  const closed = /^NOPERM|unknown (sub)?command|User '.*' not found|dryrun/i
  return closed.test(message) ? null : 'unknown'
}

import type { JobAddress } from '#core/services.ts'
import { ConsoleError } from '#shared/errors.ts'
import { isPermissionReply, keyOfWrongType } from '#infra/redis/failure.ts'

/** Something that was read has changed before the script could run; nothing was done. */
export class ConflictError extends Error {
  override readonly name = 'ConflictError'
}

/** Redis ran the script and it ended in an error: it may have changed something before that. */
export class ScriptError extends Error {
  override readonly name = 'ScriptError'
}

/** No answer in time. */
export class TimeoutError extends Error {
  override readonly name = 'TimeoutError'
}

/** Redis 7's words for NOPERM inside a script, which does not name the command. */
const deniedInScript = /ACL failure in script|user executing the script can't/

/** Of a command with keys in several slots, and of a script that reaches for one it may not. */
const acrossSlots = /^CROSSSLOT|non local key in a cluster|do not hash to the same slot/

/** What a failure that changed nothing is called in the catalogue; null when it has no name there. */
export function refusalOf(
  error: unknown,
  prefix: string,
  address: JobAddress,
): ConsoleError | null {
  if (!(error instanceof Error)) return null
  const { environment, queue, job } = address
  if (error.message.startsWith('READONLY')) {
    return new ConsoleError('ENVIRONMENT_READ_ONLY', { environment })
  }
  if (isPermissionReply(error) || deniedInScript.test(error.message)) {
    const command = /'([^']+)' command/.exec(error.message)?.[1]?.replace('|', ' ') ?? 'eval'
    return new ConsoleError('PERMISSION_DENIED', { environment, command })
  }
  if (acrossSlots.test(error.message)) return new ConsoleError('QUEUE_ACROSS_SLOTS', { queue })
  const key = keyOfWrongType(error)
  // Inside a script it may be a key of this queue or of a child's.
  if (key !== undefined)
    return new ConsoleError('KEY_TYPE_UNEXPECTED', { key: key ?? `${prefix}:*` })
  // Return codes of BullMQ's scripts; all are given before anything is written.
  switch ((error as { code?: unknown }).code) {
    case -1:
      return new ConsoleError('JOB_NOT_FOUND', { queue, job })
    case -8:
      return new ConsoleError('JOB_OWNED_BY_SCHEDULER', { job, scheduler: schedulerIn(job) })
    default:
      return null
  }
}

/** `nightly` of `repeat:nightly:1700000000000`. */
const schedulerIn = (job: string) => job.replace(/^repeat:/, '').replace(/:\d+$/, '')

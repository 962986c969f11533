import type { Redis } from 'ioredis'
import { ConsoleError } from '#shared/errors.ts'
import { failureOf, isPermissionReply } from '#infra/redis/failure.ts'
import { ConflictError, ScriptError, TimeoutError } from './errors.ts'
import type { LuaScript } from './script-client.ts'

/** How long an answer is waited for, in milliseconds: longer than Redis lets a script run unasked. */
export const replyTimeout = 10_000

export interface FieldOf {
  key: string
  field: string
}

/**
 * Runs a script in MULTI on a connection that WATCHes what it depends on.
 *
 * @throws ConflictError when a watched key changed; ScriptError when the script failed inside;
 *   ConsoleError OUTCOME_UNKNOWN when no answer came; else what Redis said, having done nothing.
 */
export async function executeWatched(
  redis: Redis,
  job: string,
  { lua, keys, values }: LuaScript,
  cleared: FieldOf | null,
  timeout = replyTimeout,
): Promise<unknown> {
  const multi = redis.multi()
  if (cleared !== null) multi.hdel(cleared.key, cleared.field)
  multi.eval(lua, keys.length, ...keys, ...values)
  // Not sent at all: the offline queue is off.
  if (redis.status !== 'ready') throw new Error('Connection is closed')
  let replies: [Error | null, unknown][] | null
  try {
    replies = await within(timeout, multi.exec())
  } catch (error) {
    throw afterSending(redis, job, error)
  }
  if (replies === null) throw new ConflictError('a watched key changed')
  const [error, result] = replies.at(-1) ?? [new Error('no reply'), null]
  if (error === null) return result
  if (failureOf(error).reason === 'closed') throw unknownOutcome(job)
  throw new ScriptError(error.message)
}

/** What it means that EXEC failed as a whole. */
function afterSending(redis: Redis, job: string, error: unknown): unknown {
  if (!(error instanceof Error)) return unknownOutcome(job)
  // Redis refused a queued command, and with it the whole transaction.
  if (error.message.startsWith('EXECABORT')) {
    const { previousErrors = [] } = error as { previousErrors?: Error[] }
    return (
      previousErrors.find((previous) => isPermissionReply(previous)) ?? previousErrors[0] ?? error
    )
  }
  if (isPermissionReply(error)) return error
  if (error.message.includes("isn't writeable")) return error
  // A late answer must not be taken for that of the next command, and WATCH must not stay.
  if (error instanceof TimeoutError) redis.disconnect(true)
  return unknownOutcome(job)
}

const unknownOutcome = (job: string) => new ConsoleError('OUTCOME_UNKNOWN', { job })

/** @throws TimeoutError; the promise's own later result is dropped. */
export async function within<Result>(timeout: number, promise: Promise<Result>): Promise<Result> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new TimeoutError('timed out')), timeout)
  })
  try {
    return await Promise.race([promise, late])
  } finally {
    clearTimeout(timer)
  }
}

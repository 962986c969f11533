import { Redis, type RedisOptions } from 'ioredis'
import type { Duplex } from 'node:stream'
import { ConnectError } from './connect-error.ts'
import { connectorTo } from './connector.ts'
import { failureOf, isPermissionReply } from './failure.ts'
import { unlessSilent } from './silence.ts'

/** Silence for so long while it introduces itself ends a connection that has only just opened. */
const patience = 10_000

/** How every connection of the console to Redis behaves: it never queues, repeats or comes back by itself. */
export const connectionOptions = {
  protocol: 2,
  // Who we are is said after connecting, so that each refusal can be told apart.
  disableClientInfo: true,
  enableReadyCheck: false,
  enableOfflineQueue: false,
  // What was under way when the connection broke fails at once and is not sent again.
  maxRetriesPerRequest: 0,
  autoResendUnfulfilledCommands: false,
  retryStrategy: () => null,
} as const satisfies RedisOptions

export interface Credentials {
  username: string | null
  password: string | undefined
}

export interface OpenOptions {
  open: (signal: AbortSignal) => Promise<Duplex>
  credentials: Credentials
  database: number
  /** Called with the connection before anything is sent on it. */
  created?: ((redis: Redis) => void) | undefined
  signal: AbortSignal
}

/**
 * One connection to one server, with its user, its database and its name set; ends when the signal
 * aborts before that. The password is in none of its options. Once it is lost it stays so.
 *
 * @throws ConnectError
 */
export async function openRedis(options: OpenOptions): Promise<Redis> {
  const { open, credentials, database, created, signal } = options
  const redis = new Redis({
    ...connectionOptions,
    lazyConnect: true,
    Connector: connectorTo((_, connecting) => open(connecting)),
  })
  created?.(redis)
  let lastError: unknown = null
  redis.on('error', (error) => {
    lastError = error
  })
  const abort = () => redis.disconnect()
  signal.addEventListener('abort', abort, { once: true })
  try {
    signal.throwIfAborted()
    await redis.connect()
    await unlessSilent(redis, patience, introduce(redis, credentials, database))
    return redis
  } catch (error) {
    redis.disconnect()
    if (error instanceof ConnectError) throw error
    // A connection that broke says why in its event, not in what its commands fail with.
    const { reason } = failureOf(
      failureOf(error).reason === 'closed' ? (lastError ?? error) : error,
    )
    throw new ConnectError('auth', reason)
  } finally {
    signal.removeEventListener('abort', abort)
  }
}

/** AUTH, SELECT and the name in one round trip; what Redis refuses of the later counts for nothing before. */
async function introduce(redis: Redis, credentials: Credentials, database: number): Promise<void> {
  const { username, password } = credentials
  const [auth, select, name] = await Promise.allSettled([
    username === null
      ? password === undefined
        ? null
        : redis.auth(password)
      : // A user of `nopass` has none, and Redis takes any.
        redis.auth(username, password ?? ''),
    database === 0 ? null : redis.select(database),
    redis.client('SETNAME', 'vigie'),
  ])
  if (auth.status === 'rejected' && !needsNone(auth.reason)) {
    const refused = refusal('auth', auth.reason)
    const unsaid = password === undefined && refused instanceof ConnectError
    throw unsaid && refused.reason === 'authentication'
      ? new ConnectError('auth', 'password-needed')
      : refused
  }
  if (select.status === 'rejected') throw refusal('select', select.reason)
  if (name.status === 'rejected' && !isHarmless(name.reason)) throw name.reason
}

/** A name that is refused changes nothing; but the first command may hear why nothing else will do. */
function isHarmless(error: unknown): boolean {
  const { reason } = failureOf(error)
  return isPermissionReply(error) || ['unknown', 'loading', 'busy', 'replication'].includes(reason)
}

/** A password was given to a Redis that asks for none. */
function needsNone(error: unknown): boolean {
  return (
    error instanceof Error &&
    /no password is set|without any password configured/.test(error.message)
  )
}

function refusal(step: 'auth' | 'select', error: unknown): unknown {
  const { reason } = failureOf(error)
  if (reason === 'closed') return error
  if (reason !== 'unknown') return new ConnectError(step, reason)
  return new ConnectError(step, step === 'auth' ? 'authentication' : 'database')
}

/** Ends a connection for good; resolves when its socket is gone. */
export async function closeRedis(redis: Redis): Promise<void> {
  if (redis.status === 'end' || redis.status === 'wait') return
  const gone = new Promise<void>((resolve) => redis.once('end', () => resolve()))
  redis.disconnect()
  await gone
}

import type { ConnectionReason } from '#shared/contract/connections.ts'
import { ConsoleError } from '#shared/errors.ts'
import { ConnectError } from './connect-error.ts'
import { systemReason } from './system-failure.ts'
import { tlsReason } from './tls-failure.ts'

/** What a failure of ioredis, the socket or Redis itself means for the connection. */
export interface Failure {
  reason: ConnectionReason
  /** Redis is there and says no; trying again soon will not help. */
  refused: boolean
}

const byReply: [RegExp, ConnectionReason][] = [
  [/^WRONGPASS|invalid password|invalid username-password|^ERR AUTH/i, 'authentication'],
  [/^NOAUTH/, 'password-needed'],
  // `DENIED`: protected mode lets nobody in from elsewhere.
  [/^(NOPERM|DENIED)/, 'permission'],
  [/^LOADING/, 'loading'],
  [/^MASTERDOWN/, 'replication'],
  [/^BUSY /, 'busy'],
  [/^OOM /, 'memory'],
  [/^CLUSTERDOWN/, 'cluster-down'],
  [/max number of clients/, 'refused'],
  [/timed out|ETIMEDOUT/i, 'timeout'],
  [/Connection is closed|isn't writeable|Command aborted|max retries per request/i, 'closed'],
  // What comes is no reply of Redis: an alert of TLS, or some other server.
  [/^Unknown RESP type|Protocol error, got/, 'tls'],
]

/** Needs a person: trying again soon will not help. */
const refusals = new Set<ConnectionReason>([
  'authentication',
  'password-needed',
  'permission',
  'database',
  'tls',
  'certificate-untrusted',
  'certificate-expired',
  'certificate-wrong-name',
  'client-certificate',
  'not-a-cluster',
  'sentinel-authentication',
  'sentinel-unknown-master',
  'ssh-host-unknown',
  'ssh-host-changed',
  'ssh-authentication',
  'ssh-key',
  'ssh-agent',
  'keychain',
])

export function failureOf(error: unknown): Failure {
  const reason = reasonOf(error)
  return { reason, refused: refusals.has(reason) }
}

function reasonOf(error: unknown): ConnectionReason {
  if (error instanceof ConnectError) return error.reason
  if (!(error instanceof Error)) return 'unknown'
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  return (
    systemReason(error) ??
    tlsReason(code) ??
    byReply.find(([pattern]) => pattern.test(error.message))?.[1] ??
    'unknown'
  )
}

/** Redis refuses one command or key to this user. */
export function isPermissionReply(error: unknown): boolean {
  return error instanceof Error && error.message.startsWith('NOPERM')
}

/**
 * The key that is of another type than a command is for; null when the reply does not say which, as
 * inside a script, and undefined for any other failure.
 */
export function keyOfWrongType(error: unknown): string | null | undefined {
  if (!(error instanceof Error) || !error.message.includes('WRONGTYPE')) return undefined
  const { command } = error as { command?: { name?: unknown; args?: unknown[] } }
  const key = command?.args?.[0]
  return typeof key === 'string' ? key : null
}

/**
 * The one place where failures of Redis become errors of the catalogue. `reason` is the state of the
 * connection, for errors that only say it is not there. Anything else comes back as it is: a defect.
 */
export function consoleErrorOf(
  error: unknown,
  environment: string,
  reason: ConnectionReason | null,
): unknown {
  if (error instanceof ConsoleError || !(error instanceof Error)) return error
  if (isPermissionReply(error)) {
    return new ConsoleError('PERMISSION_DENIED', { environment, command: commandOf(error) })
  }
  if (error.message.startsWith('READONLY ')) {
    return new ConsoleError('ENVIRONMENT_READ_ONLY', { environment })
  }
  const failure = failureOf(error)
  if (failure.reason === 'unknown') return error
  const known = failure.reason === 'closed' ? (reason ?? failure.reason) : failure.reason
  // No cause: ioredis hangs the command's arguments on its errors, AUTH's password among them.
  return new ConsoleError('ENVIRONMENT_UNREACHABLE', { environment, reason: known })
}

/** `client list` for `... to run the 'client|list' command`; the command sent when it was about a key. */
function commandOf(error: Error): string {
  const named = /'([^']+)' command/.exec(error.message)?.[1]
  if (named !== undefined) return named.replace('|', ' ')
  const { command } = error as { command?: { name?: unknown } }
  return typeof command?.name === 'string' ? command.name : 'unknown'
}

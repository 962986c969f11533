import type { Endpoint } from '#shared/contract/profiles.ts'
import { SshError, type SshReason } from './ssh-error.ts'

/** How far a connection had come when it failed; `answered` is that bytes came, though no handshake yet. */
export type Phase = 'connecting' | 'answered' | 'authenticating' | 'ready'

const bySystemCode: Record<string, SshReason> = {
  ECONNREFUSED: 'refused',
  ENOTFOUND: 'unresolved',
  EAI_AGAIN: 'unresolved',
  ETIMEDOUT: 'timeout',
  EHOSTUNREACH: 'timeout',
  ENETUNREACH: 'timeout',
}

/** What an `error` of ssh2's client means for the connection. */
export function clientFailure(error: unknown, phase: Phase): SshError {
  if (error instanceof SshError) return error
  const { code, level, message } = error as { code?: unknown; level?: unknown; message?: unknown }
  if (level === 'client-socket') {
    return new SshError(bySystemCode[String(code)] ?? 'closed')
  }
  if (level === 'client-authentication') return new SshError('ssh-authentication')
  // ssh2 takes lines that are no SSH for a greeting (RFC 4253 §4.2), and waits for the rest.
  if (level === 'client-timeout') return new SshError(phase === 'answered' ? 'ssh' : 'timeout')
  // A number is the code of the server's own goodbye, such as after too many keys of an agent.
  if (typeof code === 'number' && phase === 'authenticating') {
    return new SshError('ssh-authentication')
  }
  const unheard = phase === 'connecting' && String(message).startsWith('Connection lost')
  return new SshError(phase === 'ready' || unheard ? 'closed' : 'ssh')
}

/** Codes of SSH_MSG_CHANNEL_OPEN_FAILURE (RFC 4254 §5.1). */
const prohibited = 1
const connectFailed = 2

/** What OpenSSH says of a connection it could not make: strerror and gai_strerror of its system. */
const bySentence: [RegExp, SshReason][] = [
  [/name|address|resol|host not found/i, 'unresolved'],
  [/timed out|unreachable|no route/i, 'timeout'],
]

/** Why a server did not open a way to `endpoint`. */
export function forwardFailure(error: Error, endpoint: Endpoint): SshError {
  const { reason } = error as { reason?: unknown }
  if (reason === prohibited) return new SshError('forward-refused')
  if (reason !== connectFailed) return new SshError(reason === undefined ? 'closed' : 'ssh')
  const sentence = error.message.replace(endpoint.host, '')
  const found = bySentence.find(([pattern]) => pattern.test(sentence))?.[1] ?? 'refused'
  return new SshError(found, { step: 'tcp' })
}

import type { ConnectionReason } from '#shared/contract/connections.ts'

const byCode: Record<string, ConnectionReason> = {
  ECONNREFUSED: 'refused',
  // A unix socket that is not there, or not for this user.
  ENOENT: 'refused',
  EACCES: 'refused',
  ENOTSOCK: 'refused',
  ENOTFOUND: 'unresolved',
  EAI_AGAIN: 'unresolved',
  EAI_FAIL: 'unresolved',
  ENODATA: 'unresolved',
  ETIMEDOUT: 'timeout',
  EHOSTUNREACH: 'timeout',
  ENETUNREACH: 'timeout',
  EADDRNOTAVAIL: 'timeout',
  ECONNRESET: 'closed',
  ECONNABORTED: 'closed',
  EPIPE: 'closed',
}

/** What an error of the operating system means; null when it is none. */
export function systemReason(error: unknown): ConnectionReason | null {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return null
  return byCode[error.code] ?? null
}

import type { Endpoint } from '#shared/contract/profiles.ts'

/** A node says that it is not the one for this key, or not now; it has done nothing. */
export interface Redirection {
  /** Where to ask this once, with ASKING before; null when the topology tells. */
  ask: Endpoint | null
}

/** What a reply such as `MOVED 3999 127.0.0.1:6381` means; null for any other. */
export function redirectionOf(error: unknown): Redirection | null {
  if (!(error instanceof Error)) return null
  const [kind, , target = ''] = error.message.split(' ')
  if (kind === 'ASK') return { ask: endpointIn(target) }
  return kind === 'MOVED' || kind === 'TRYAGAIN' || kind === 'CLUSTERDOWN' ? { ask: null } : null
}

/** `host:port`, where an IPv6 address stands without brackets. */
function endpointIn(target: string): Endpoint | null {
  const colon = target.lastIndexOf(':')
  const host = target.slice(0, colon).toLowerCase()
  const port = Number(target.slice(colon + 1))
  return colon < 1 || !Number.isInteger(port) || port < 1 || port > 65_535 ? null : { host, port }
}

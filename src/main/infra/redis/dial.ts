import type { Duplex } from 'node:stream'
import type { TLSSocket } from 'node:tls'
import type { Secrets, TlsSettings } from '#shared/contract/profiles.ts'
import { ConnectError } from './connect-error.ts'
import { speaksPlainly } from './other-protocol.ts'
import { startTls } from './tls.ts'
import { openTransport, type Place, type Tunnel } from './transport.ts'

export type { Place, Tunnel }

/** How a place is reached: directly or through a tunnel, in the clear or encrypted. */
export interface Way {
  tunnel: Tunnel | null
  tls: TlsSettings | null
  secrets: Pick<Secrets, 'tlsKey' | 'tlsKeyPassphrase'>
}

/** For the whole way, name resolution to the end of the TLS handshake. */
const patience = 10_000
/** A handshake that takes longer may be waiting for a server without TLS. */
const suspicion = 2000

/**
 * Opens a stream to a Redis or a sentinel: every connection of the console begins here. The stream is
 * connected, encrypted where asked for, and has a listener for errors, so that none goes unhandled.
 *
 * @throws ConnectError with the step that failed: `resolve`, `tcp`, `ssh` or `tls`.
 */
export async function dial(place: Place, way: Way, signal?: AbortSignal): Promise<Duplex> {
  const bounded = AbortSignal.any([
    AbortSignal.timeout(patience),
    ...(signal === undefined ? [] : [signal]),
  ])
  const stream = await openTransport(place, way.tunnel, bounded)
  return way.tls === null ? stream : encrypt(stream, place, { ...way, tls: way.tls }, bounded)
}

/**
 * The second part of `dial`: TLS over a stream to the place. A Redis without TLS waits for the end of what
 * it takes for a command, and says nothing; so where the handshake takes long it is asked without.
 *
 * @throws ConnectError of the step `tls`
 */
export async function encrypt(
  stream: Duplex,
  place: Place,
  { tunnel, tls, secrets }: Way & { tls: TlsSettings },
  signal: AbortSignal,
): Promise<TLSSocket> {
  const plain = new AbortController()
  const ended = AbortSignal.any([signal, plain.signal])
  const ask = async () => {
    if (await speaksPlainly(place, tunnel, ended)) plain.abort(new ConnectError('tls', 'tls'))
  }
  const timer = setTimeout(() => void ask(), suspicion)
  try {
    return await startTls(stream, place, tls, secrets, ended)
  } finally {
    clearTimeout(timer)
    plain.abort()
  }
}

import { once } from 'node:events'
import { connect } from 'node:tls'
import { openTransport, type Place, type Tunnel } from './transport.ts'
import { codeOf } from './stream-events.ts'

/** Long enough for a server that is there, and is spoken to in its own language. */
const patience = 2000

/**
 * Whether Redis answers at this place without TLS, even if only to refuse a PING; for words about a
 * handshake that failed.
 */
export function speaksPlainly(
  place: Place,
  tunnel: Tunnel | null,
  signal: AbortSignal,
): Promise<boolean> {
  return over(place, tunnel, signal, async (stream, bounded) => {
    stream.write('PING\r\n')
    const [answer] = await once(stream, 'data', { signal: bounded })
    return /^[+-]/.test(String(answer))
  })
}

/** Whether a server at this place speaks TLS, for words about a connection without that was closed. */
export function speaksTls(
  place: Place,
  tunnel: Tunnel | null,
  signal: AbortSignal,
): Promise<boolean> {
  return over(place, tunnel, signal, async (stream, bounded) => {
    // Nothing is sent over it, so nobody need be trusted.
    const socket = connect({ socket: stream, rejectUnauthorized: false })
    socket.on('error', () => {})
    try {
      await once(socket, 'secureConnect', { signal: bounded })
      return true
    } catch (error) {
      return codeOf(error)?.includes('_ALERT_') === true
    } finally {
      socket.destroy()
    }
  })
}

async function over(
  place: Place,
  tunnel: Tunnel | null,
  signal: AbortSignal,
  ask: (
    stream: Awaited<ReturnType<typeof openTransport>>,
    bounded: AbortSignal,
  ) => Promise<boolean>,
): Promise<boolean> {
  const bounded = AbortSignal.any([signal, AbortSignal.timeout(patience)])
  try {
    const stream = await openTransport(place, tunnel, bounded)
    try {
      return await ask(stream, bounded)
    } finally {
      stream.destroy()
    }
  } catch {
    return false
  }
}

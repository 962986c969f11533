import { connect, type Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { connectionReasonSchema, type ConnectionReason } from '#shared/contract/connections.ts'
import type { Endpoint } from '#shared/contract/profiles.ts'
import { ConnectError } from './connect-error.ts'
import { aborted, codeOf, settled, unlessAborted } from './stream-events.ts'
import { systemReason } from './system-failure.ts'

/** A server, by host and port or by its socket in the file system. */
export type Place = Endpoint | { path: string }

/** The way to hosts only another machine reaches. Opens its own connection when first needed, and again. */
export interface Tunnel {
  /**
   * A stream to be used as a connected `net.Socket`. Rejects with an Error whose `reason` is a ConnectionReason, and whose `step` is `tcp` when it is not the
   * tunnel that failed but the way from its far end.
   */
  open(endpoint: Endpoint): Promise<Duplex>
  /** Ends it with all its streams; a later `open` begins anew. */
  close(): Promise<void>
}

const keepAliveAfter = 15_000
/** For each address of a name but the last: Node's 250 ms are too short for a far or lossy network. */
const addressPatience = 2500

/** The first part of `dial`: a stream to the place, in the clear. */
export async function openTransport(
  place: Place,
  tunnel: Tunnel | null,
  signal: AbortSignal,
): Promise<Duplex> {
  if (tunnel !== null && !('path' in place)) return throughTunnel(tunnel, place, signal)
  if (signal.aborted) throw aborted('tcp', signal)
  const socket: Socket = connect({
    ...('path' in place ? { path: place.path } : { host: place.host, port: place.port, family: 0 }),
    noDelay: true,
    keepAlive: true,
    keepAliveInitialDelay: keepAliveAfter,
    autoSelectFamilyAttemptTimeout: addressPatience,
  })
  return settled(socket, 'connect', 'tcp', signal, (error) => {
    const reason = systemReason(error) ?? 'unknown'
    return new ConnectError(reason === 'unresolved' ? 'resolve' : 'tcp', reason, codeOf(error))
  })
}

async function throughTunnel(
  tunnel: Tunnel,
  endpoint: Endpoint,
  signal: AbortSignal,
): Promise<Duplex> {
  const opening = tunnel.open(endpoint)
  const stream = await unlessAborted('ssh', signal, opening).catch((error: unknown) => {
    opening.then((late) => late.destroy()).catch(() => {})
    throw error instanceof ConnectError ? error : tunnelFailure(error)
  })
  stream.on('error', () => {})
  return stream
}

/** A port that is closed or a name that is not found is the SSH server's here, so `ssh` is told, not that. */
function tunnelFailure(error: unknown): ConnectError {
  const reason = reasonIn(error)
  if (error instanceof Error && 'step' in error && error.step === 'tcp') {
    return new ConnectError('tcp', reason)
  }
  return new ConnectError('ssh', reason.startsWith('ssh') ? reason : 'ssh')
}

function reasonIn(error: unknown): ConnectionReason {
  const given = error instanceof Error && 'reason' in error ? error.reason : null
  return connectionReasonSchema.safeParse(given).data ?? 'ssh'
}

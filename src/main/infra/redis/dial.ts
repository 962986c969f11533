import { connect as connectSocket, isIP, type Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { connect as connectTls, type ConnectionOptions, type TLSSocket } from 'node:tls'
import { connectionReasonSchema, type ConnectionReason } from '#shared/contract/connections.ts'
import {
  anyCertificatePhrase,
  type Endpoint,
  type Secrets,
  type TlsSettings,
} from '#shared/contract/profiles.ts'
import { ConnectError } from './connect-error.ts'
import { systemReason } from './system-failure.ts'
import { tlsReason } from './tls-failure.ts'

/** A server, by host and port or by its socket in the file system. */
export type Place = Endpoint | { path: string }

/** The way to hosts only another machine reaches. Opens its own connection when first needed, and again. */
export interface Tunnel {
  /**
   * Rejects with an Error whose `reason` is a ConnectionReason, and whose `step` is `tcp` when it is not the
   * tunnel that failed but the way from its far end.
   */
  open(endpoint: Endpoint): Promise<Duplex>
  /** Ends it with all its streams; a later `open` begins anew. */
  close(): Promise<void>
}

/** How a place is reached: directly or through a tunnel, in the clear or encrypted. */
export interface Way {
  tunnel: Tunnel | null
  tls: TlsSettings | null
  secrets: Pick<Secrets, 'tlsKey' | 'tlsKeyPassphrase'>
}

/** For the whole way, name resolution to the end of the TLS handshake. */
const patience = 10_000
const keepAliveAfter = 15_000
/** For each address of a name but the last: Node's 250 ms are too short for a far or lossy network. */
const addressPatience = 2500

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
  return way.tls === null ? stream : startTls(stream, place, way.tls, way.secrets, bounded)
}

/** The first part of `dial`: a stream to the place, in the clear. */
export async function openTransport(
  place: Place,
  tunnel: Tunnel | null,
  signal: AbortSignal,
): Promise<Duplex> {
  if (tunnel !== null && !('path' in place)) return throughTunnel(tunnel, place, signal)
  if (signal.aborted) throw aborted('tcp', signal)
  const socket: Socket = connectSocket({
    ...('path' in place ? { path: place.path } : { host: place.host, port: place.port, family: 0 }),
    noDelay: true,
    keepAlive: true,
    keepAliveInitialDelay: keepAliveAfter,
    autoSelectFamilyAttemptTimeout: addressPatience,
  })
  return settled(socket, 'connect', signal, (error) => {
    const reason = systemReason(error) ?? 'unknown'
    return new ConnectError(reason === 'unresolved' ? 'resolve' : 'tcp', reason, codeOf(error))
  })
}

/** The second part of `dial`: TLS over a stream; ends the stream when it fails. */
export async function startTls(
  stream: Duplex,
  place: Place,
  settings: TlsSettings,
  secrets: Way['secrets'],
  signal: AbortSignal,
): Promise<TLSSocket> {
  try {
    if (signal.aborted) throw aborted('tls', signal)
    const socket = encrypted(stream, tlsOptions(place, settings, secrets))
    return await settled(socket, 'secureConnect', signal, (error) => {
      const code = codeOf(error)
      return new ConnectError('tls', tlsReason(code ?? '') ?? systemReason(error) ?? 'tls', code)
    })
  } catch (error) {
    stream.destroy()
    throw error
  }
}

/** What Node is told for a connection to a place with these settings. */
export function tlsOptions(
  place: Place,
  settings: TlsSettings,
  { tlsKey, tlsKeyPassphrase }: Way['secrets'],
): ConnectionOptions {
  const name = settings.serverName ?? ('host' in place ? place.host : '')
  return {
    minVersion: 'TLSv1.2',
    // The name the certificate is checked for; SNI is for names alone (RFC 6066).
    ...(name === '' ? {} : { host: name }),
    ...(name === '' || isIP(name) !== 0 ? {} : { servername: name }),
    ...(settings.ca === null ? {} : { ca: settings.ca }),
    ...(settings.certificate === null || tlsKey === undefined
      ? {}
      : { cert: settings.certificate, key: tlsKey, passphrase: tlsKeyPassphrase }),
    rejectUnauthorized: settings.acceptAny !== anyCertificatePhrase,
  }
}

function encrypted(stream: Duplex, options: ConnectionOptions): TLSSocket {
  try {
    return connectTls({ ...options, socket: stream })
  } catch (error) {
    // A key that does not open, or does not belong to the certificate.
    throw new ConnectError('tls', 'client-certificate', codeOf(error))
  }
}

async function throughTunnel(
  tunnel: Tunnel,
  endpoint: Endpoint,
  signal: AbortSignal,
): Promise<Duplex> {
  const opening = tunnel.open(endpoint)
  const stream = await Promise.race([opening, abortion('ssh', signal)]).catch((error: unknown) => {
    opening.then((late) => late.destroy()).catch(() => {})
    throw error instanceof ConnectError ? error : new ConnectError(stepIn(error), reasonIn(error))
  })
  stream.on('error', () => {})
  return stream
}

function abortion(step: 'ssh', signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    if (signal.aborted) reject(aborted(step, signal))
    else signal.addEventListener('abort', () => reject(aborted(step, signal)), { once: true })
  })
}

/** Resolves at `event`; destroys the stream when it fails before, or the signal aborts. */
function settled<Stream extends Duplex>(
  stream: Stream,
  event: 'connect' | 'secureConnect',
  signal: AbortSignal,
  failure: (error: unknown) => ConnectError,
): Promise<Stream> {
  // Stays: an error between now and the next owner's listener would end the process.
  stream.on('error', () => {})
  return new Promise((resolve, reject) => {
    const settle = (error?: ConnectError) => {
      stream.off(event, done).off('error', failed).off('close', closed)
      signal.removeEventListener('abort', cancelled)
      if (error === undefined) return resolve(stream)
      stream.destroy()
      reject(error)
    }
    const done = () => settle()
    const failed = (error: unknown) => settle(failure(error))
    const closed = () => settle(failure(null))
    const cancelled = () => settle(aborted(event === 'connect' ? 'tcp' : 'tls', signal))
    stream.once(event, done).once('error', failed).once('close', closed)
    signal.addEventListener('abort', cancelled, { once: true })
  })
}

function aborted(step: 'tcp' | 'ssh' | 'tls', { reason }: AbortSignal): ConnectError {
  const late = reason instanceof Error && reason.name === 'TimeoutError'
  return late ? new ConnectError(step, 'timeout', 'ETIMEDOUT') : new ConnectError(step, 'closed')
}

function codeOf(error: unknown): string | null {
  return error instanceof Error && 'code' in error && typeof error.code === 'string'
    ? error.code
    : null
}

function stepIn(error: unknown): 'ssh' | 'tcp' {
  return error instanceof Error && 'step' in error && error.step === 'tcp' ? 'tcp' : 'ssh'
}

function reasonIn(error: unknown): ConnectionReason {
  const given = error instanceof Error && 'reason' in error ? error.reason : null
  return connectionReasonSchema.safeParse(given).data ?? 'ssh'
}

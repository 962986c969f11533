import { isIP } from 'node:net'
import type { Duplex } from 'node:stream'
import * as tls from 'node:tls'
import type { ConnectionOptions, SecureContextOptions, TLSSocket } from 'node:tls'
import type { ConnectionReason } from '#shared/contract/connections.ts'
import { anyCertificatePhrase, type Secrets, type TlsSettings } from '#shared/contract/profiles.ts'
import { ConnectError } from './connect-error.ts'
import type { Place } from './transport.ts'
import { aborted, codeOf, settled } from './stream-events.ts'
import { systemReason } from './system-failure.ts'
import { tlsReason } from './tls-failure.ts'

/** At least so long is waited for a ticket, in milliseconds. */
const hush = 200

type TlsSecrets = Pick<Secrets, 'tlsKey' | 'tlsKeyPassphrase'>

/**
 * Starts TLS over a stream and resolves once the server has taken us; ends the stream when it fails.
 *
 * @throws ConnectError of the step `tls`
 */
export async function startTls(
  stream: Duplex,
  place: Place,
  settings: TlsSettings,
  secrets: TlsSecrets,
  signal: AbortSignal,
): Promise<TLSSocket> {
  const startedAt = performance.now()
  try {
    if (signal.aborted) throw aborted('tls', signal)
    if (settings.ca === null) trustSystem()
    const options = tlsOptions(place, settings, secrets)
    expectReadable({ ca: options.ca }, 'certificate-untrusted')
    expectReadable(options, 'client-certificate')
    const socket = tls.connect({ ...options, socket: stream })
    await settled(socket, 'secureConnect', 'tls', signal, (error) => failureOf(socket, error))
    if (socket.getProtocol() === 'TLSv1.3') {
      await accepted(socket, 2 * (performance.now() - startedAt))
    }
    return socket
  } catch (error) {
    stream.destroy()
    throw error
  }
}

let systemIsTrusted = false

/**
 * Adds the system's authorities to those that come with Node, once for the whole process: to give each
 * connection hundreds of them takes Node some 60 ms. Node before 22.19 cannot, and trusts its own alone.
 */
function trustSystem(): void {
  if (systemIsTrusted || !('setDefaultCACertificates' in tls)) return
  systemIsTrusted = true
  try {
    const known = [...tls.getCACertificates('default'), ...tls.getCACertificates('system')]
    tls.setDefaultCACertificates([...new Set(known)])
  } catch {
    // A store that cannot be read adds nothing.
  }
}

/** What Node is told for a connection to a place with these settings. */
export function tlsOptions(
  place: Place,
  settings: TlsSettings,
  { tlsKey, tlsKeyPassphrase }: TlsSecrets,
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

/** An authority that is none, or a key that does not open or belongs to another certificate. */
function expectReadable(options: SecureContextOptions, reason: ConnectionReason): void {
  try {
    tls.createSecureContext(options)
  } catch (error) {
    throw new ConnectError('tls', reason, codeOf(error))
  }
}

function failureOf(socket: TLSSocket, error: unknown): ConnectError {
  const code = codeOf(error)
  // Without an alert for it, TLS 1.2 breaks off; but only after it has shown who it is.
  if (code?.endsWith('ALERT_HANDSHAKE_FAILURE') && socket.getPeerX509Certificate() !== undefined) {
    return new ConnectError('tls', 'client-certificate', code)
  }
  return new ConnectError('tls', tlsReason(code ?? '') ?? systemReason(error) ?? 'tls', code)
}

/**
 * In TLS 1.3 a client is done before the server has looked at its certificate. What is written meanwhile
 * to a server that then closes is answered with a reset, which hides why; a ticket comes when it takes us.
 */
function accepted(socket: TLSSocket, longest: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const settle = (error?: ConnectError) => {
      clearTimeout(timer)
      socket.off('session', done).off('error', failed).off('close', closed)
      if (error === undefined) resolve()
      else reject(error)
    }
    // Not at once: what is written from within Node's reading of the ticket is never sent.
    const done = () => setImmediate(settle)
    const failed = (error: unknown) => settle(failureOf(socket, error))
    const closed = () => settle(new ConnectError('tls', 'closed'))
    // Not every server hands out tickets.
    const timer = setTimeout(done, hush + longest)
    socket.once('session', done).once('error', failed).once('close', closed)
  })
}

import { connect, type TLSSocket } from 'node:tls'
import type { Duplex } from 'node:stream'
import type { TlsSettings } from '#shared/contract/profiles.ts'
import type { Place } from '../redis/dial.ts'
import { tlsOptions } from '../redis/tls.ts'
import type { Facts } from './steps.ts'

const longestText = 300
const mostNames = 20

/** What the server's certificate says, and how the connection is encrypted. */
export function certificateFacts(socket: TLSSocket): Facts {
  const certificate = socket.getPeerX509Certificate()
  if (certificate === undefined) return {}
  const names = certificate.subjectAltName?.split(', ') ?? []
  return {
    subject: oneLine(certificate.subject),
    issuer: oneLine(certificate.issuer),
    names: names.slice(0, mostNames).map(oneLine),
    validFrom: instant(certificate.validFrom),
    validTo: instant(certificate.validTo),
    fingerprint: certificate.fingerprint256,
    protocol: socket.getProtocol(),
    cipher: (socket.getCipher() as ReturnType<TLSSocket['getCipher']> | undefined)?.name ?? null,
    authorized: socket.authorized,
  }
}

/** A text out of a certificate, which anybody may have written. */
function oneLine(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ', ').slice(0, longestText)
}

const instant = (text: string) => {
  const time = new Date(text)
  return Number.isNaN(time.getTime()) ? null : time.toISOString()
}

/**
 * Shakes hands with whoever is there, unchecked, to show the certificate that was refused (or that there
 * is TLS at all). Nothing is sent beyond the handshake, not even a certificate of ours, and the stream
 * is gone afterwards. Null when there is no TLS.
 */
export function lookAtCertificate(
  stream: Duplex,
  place: Place,
  settings: TlsSettings,
  signal: AbortSignal,
): Promise<Facts | null> {
  const open = { ...settings, ca: null, certificate: null }
  return new Promise((resolve) => {
    const socket = connect({
      ...tlsOptions(place, open, {}),
      socket: stream,
      rejectUnauthorized: false,
    })
    const settle = (facts: Facts | null) => {
      signal.removeEventListener('abort', none)
      socket.destroy()
      stream.destroy()
      resolve(facts)
    }
    const none = () => settle(null)
    socket.once('secureConnect', () => {
      const { authorized: _, ...facts } = certificateFacts(socket)
      settle(facts)
    })
    // Stays: an error after the end would be nobody's.
    socket.on('error', none).once('close', none)
    signal.addEventListener('abort', none, { once: true })
    if (signal.aborted) none()
  })
}

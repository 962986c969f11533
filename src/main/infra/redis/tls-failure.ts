import type { ConnectionReason } from '#shared/contract/connections.ts'

/** What OpenSSL calls a certificate whose time is not now. */
const outOfTime = new Set(['CERT_HAS_EXPIRED', 'CERT_NOT_YET_VALID'])

const untrusted = new Set([
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'CERT_CHAIN_TOO_LONG',
  'CERT_REVOKED',
  'CERT_REJECTED',
  'CERT_UNTRUSTED',
  'CERT_SIGNATURE_FAILURE',
  'INVALID_CA',
  'INVALID_PURPOSE',
  'PATH_LENGTH_EXCEEDED',
])

/** Alerts by which a server turns the client's certificate down, or the lack of one. */
const clientTurnedDown =
  /ALERT_(CERTIFICATE_REQUIRED|NO_CERTIFICATE|BAD_CERTIFICATE|UNSUPPORTED_CERTIFICATE|CERTIFICATE_(REVOKED|EXPIRED|UNKNOWN)|UNKNOWN_CA|ACCESS_DENIED|DECRYPT_ERROR)/

const anyTls = /^ERR_(SSL|TLS|OSSL)_|^EPROTO$|CERT|^UNABLE_TO_/

/** What the code of an error of TLS means; null when it is none of TLS'. */
export function tlsReason(code: string): ConnectionReason | null {
  if (outOfTime.has(code)) return 'certificate-expired'
  if (untrusted.has(code)) return 'certificate-untrusted'
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') return 'certificate-wrong-name'
  if (clientTurnedDown.test(code)) return 'client-certificate'
  return anyTls.test(code) ? 'tls' : null
}

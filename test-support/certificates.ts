import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** A certificate and its key, as PEM and as files. */
export interface Certificate {
  certificate: string
  key: string
  certificatePath: string
  keyPath: string
}

export interface CertificateOptions {
  commonName?: string
  /** Names and addresses it is for, such as `DNS:localhost` or `IP:127.0.0.1`. */
  names?: readonly string[]
  /** How long it is valid from now; negative for one that has expired. */
  days?: number
}

/** An authority of a test's own, made by OpenSSL; valid for two days. */
export interface Authority extends Certificate {
  /** A certificate signed by it, for a server or a client on this machine unless told otherwise. */
  issue(name: string, options?: CertificateOptions): Certificate
}

/** Makes an authority with its files in `directory`, named by `name`. */
export function makeAuthority(directory: string, name = 'authority'): Authority {
  const authority = pathsOf(directory, name)
  const subject = ['-subj', `/CN=${name}`, '-days', '2']
  openssl('req', '-x509', ...newKey(authority), ...subject, '-out', authority.certificatePath)
  return {
    ...read(authority),
    issue(of, { commonName = of, names = ['DNS:localhost', 'IP:127.0.0.1'], days = 1 } = {}) {
      const paths = pathsOf(directory, of)
      const [request, extensions] = [`${paths.keyPath}.csr`, `${paths.keyPath}.ext`]
      openssl('req', '-new', ...newKey(paths), '-subj', `/CN=${commonName}`, '-out', request)
      writeFileSync(extensions, `subjectAltName=${names.join(',')}\n`)
      const signer = ['-CA', authority.certificatePath, '-CAkey', authority.keyPath]
      const terms = ['-set_serial', String(Date.now()), '-days', String(days)]
      const files = ['-in', request, '-out', paths.certificatePath, '-extfile', extensions]
      openssl('x509', '-req', ...files, ...signer, ...terms)
      return read(paths)
    },
  }
}

/** The same key, encrypted with a passphrase. */
export function lockedKey({ keyPath }: Certificate, passphrase: string): string {
  return openssl('ec', '-in', keyPath, '-aes256', '-passout', `pass:${passphrase}`)
}

/** Lines of redis.conf for a server that speaks TLS alone; `clients` who must show a certificate. */
export function tlsLines(
  port: number,
  server: Certificate,
  authority: Certificate,
  { clients = false }: { clients?: boolean } = {},
): string[] {
  return [
    'port 0',
    `tls-port ${port}`,
    `tls-cert-file ${server.certificatePath}`,
    `tls-key-file ${server.keyPath}`,
    `tls-ca-cert-file ${authority.certificatePath}`,
    `tls-auth-clients ${clients ? 'yes' : 'no'}`,
  ]
}

function pathsOf(directory: string, name: string) {
  return {
    certificatePath: join(directory, `${name}.crt`),
    keyPath: join(directory, `${name}.key`),
  }
}

function read(paths: { certificatePath: string; keyPath: string }): Certificate {
  return {
    ...paths,
    certificate: readFileSync(paths.certificatePath, 'utf8').trim(),
    key: readFileSync(paths.keyPath, 'utf8'),
  }
}

function newKey({ keyPath }: { keyPath: string }): string[] {
  return ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-keyout', keyPath]
}

function openssl(...args: readonly string[]): string {
  return execFileSync('openssl', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
}

import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'
import { createServer as createTlsServer, type TlsOptions } from 'node:tls'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import {
  lockedKey,
  makeAuthority,
  tlsLines,
  type Authority,
  type Certificate,
} from '#test-support/certificates.ts'
import { local, reportOf, stopOf, type TestReport } from '#test-support/connection-test.ts'
import { freePort } from '#test-support/free-port.ts'
import { tlsFor } from '#test-support/profiles.ts'
import { startTestRedis, type TestRedis } from '#test-support/redis.ts'
import { anyCertificatePhrase } from '#shared/contract/profiles.ts'

let folder: string
let authority: Authority
let good: Certificate
let redis: TestRedis
let port: number

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'vigie-test-tls-'))
  authority = makeAuthority(folder)
  good = authority.issue('good', { days: 60 })
  port = await freePort()
  redis = await startTestRedis(tlsLines(port, good, authority))
})

afterAll(async () => {
  await redis.stop()
  rmSync(folder, { recursive: true, force: true })
})

/** A Redis with this certificate; where it listens. */
async function redisWith(
  certificate: Certificate,
  options: { clients?: boolean; extra?: string[] } = {},
) {
  const port = await freePort()
  const { extra = [], ...rest } = options
  const server = await startTestRedis([...tlsLines(port, certificate, authority, rest), ...extra])
  onTestFinished(() => server.stop())
  return port
}

const trusting = () => tlsFor({ ca: authority.certificate })

/** What was shown of a certificate that was refused. */
function shownIn(report: TestReport) {
  const { subject, fingerprint, authorized } = report.step('tls').facts
  return { subject, fingerprint: typeof fingerprint, authorized }
}

/** A server with TLS that is no Redis. What it is sent after the handshake. */
async function listening(options: TlsOptions): Promise<{ port: number; heard: string[] }> {
  const heard: string[] = []
  const server = createTlsServer(
    { cert: good.certificate, key: good.key, ...options },
    (socket) => {
      socket.on('error', () => {})
      socket.on('data', (chunk: Buffer) => {
        heard.push(chunk.toString())
        socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')
      })
    },
  ).listen(0, '127.0.0.1')
  server.on('tlsClientError', () => {})
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  return { port: (server.address() as AddressInfo).port, heard }
}

describe('an encrypted Redis', () => {
  test('shows its certificate', async () => {
    const report = await reportOf({ ...local(port), tls: trusting() })
    expect(stopOf(report)).toBeNull()
    expect(report.step('tls')).toMatchObject({
      status: 'ok',
      facts: {
        subject: 'CN=good',
        issuer: 'CN=authority',
        names: ['DNS:localhost', 'IP Address:127.0.0.1'],
        fingerprint: expect.stringMatching(/^([0-9A-F]{2}:){31}[0-9A-F]{2}$/),
        protocol: 'TLSv1.3',
        cipher: expect.stringMatching(/^TLS_/),
        authorized: true,
      },
    })
    const { validFrom, validTo } = report.step('tls').facts
    expect(Date.parse(String(validTo)) - Date.parse(String(validFrom))).toBe(60 * 86_400_000)
  })

  test('whose certificate expires soon', async () => {
    const report = await reportOf({
      ...local(await redisWith(authority.issue('soon', { days: 3 }))),
      tls: trusting(),
    })
    expect(stopOf(report)).toBeNull()
    expect(report.step('tls')).toMatchObject({
      status: 'warning',
      problem: 'certificate-expires-soon',
    })
  })

  test('whose certificate nobody checks', async () => {
    const tls = tlsFor({ acceptAny: anyCertificatePhrase })
    const report = await reportOf({ ...local(port), tls })
    expect(stopOf(report)).toBeNull()
    expect(report.step('tls')).toMatchObject({
      status: 'warning',
      problem: 'certificate-unchecked',
      facts: { authorized: false },
    })
  })

  test('whose authority is not trusted shows what was refused', async () => {
    const report = await reportOf({ ...local(port), tls: tlsFor() })
    expect(stopOf(report)).toBe('tls certificate-untrusted')
    expect(shownIn(report)).toEqual({
      subject: 'CN=good',
      fingerprint: 'string',
      authorized: undefined,
    })
  })

  test('whose certificate has expired', async () => {
    const expired = await redisWith(authority.issue('expired', { days: -1 }))
    const report = await reportOf({ ...local(expired), tls: trusting() })
    expect(stopOf(report)).toBe('tls certificate-expired')
    expect(shownIn(report)).toMatchObject({ subject: 'CN=expired' })
  })

  test('whose certificate is for another name, and by that name', async () => {
    const certificate = authority.issue('other', { days: 60, names: ['DNS:redis.example.com'] })
    const other = await redisWith(certificate)
    const report = await reportOf({ ...local(other), tls: trusting() })
    expect(stopOf(report)).toBe('tls certificate-wrong-name')
    expect(report.step('tls').facts).toMatchObject({ names: ['DNS:redis.example.com'] })
    const tls = tlsFor({ ca: authority.certificate, serverName: 'redis.example.com' })
    expect(stopOf(await reportOf({ ...local(other), tls }))).toBeNull()
  })

  test.each(['TLSv1.2', 'TLSv1.3'])(
    'that asks for a client certificate, by %s',
    async (protocol) => {
      const port = await redisWith(good, { clients: true, extra: [`tls-protocols ${protocol}`] })
      expect(stopOf(await reportOf({ ...local(port), tls: trusting() }))).toBe(
        'tls client-certificate-required',
      )
      const client = authority.issue(`client-${protocol}`)
      const tls = tlsFor({ ca: authority.certificate, certificate: client.certificate })
      expect(stopOf(await reportOf({ ...local(port), tls }, { tlsKey: client.key }))).toBeNull()
      const locked = lockedKey(client, 'open sesame')
      const secrets = { tlsKey: locked, tlsKeyPassphrase: 'open sesame' }
      expect(stopOf(await reportOf({ ...local(port), tls }, secrets))).toBeNull()
      for (const wrong of [
        {},
        { tlsKey: good.key },
        { tlsKey: locked },
        { tlsKey: locked, tlsKeyPassphrase: 'wrong' },
      ]) {
        expect(stopOf(await reportOf({ ...local(port), tls }, wrong))).toBe(
          'tls client-key-unreadable',
        )
      }
      const stranger = makeAuthority(folder, `stranger-${protocol}`).issue(`strange-${protocol}`)
      const strange = tlsFor({ ca: authority.certificate, certificate: stranger.certificate })
      expect(
        stopOf(await reportOf({ ...local(port), tls: strange }, { tlsKey: stranger.key })),
      ).toBe('tls client-certificate-required')
    },
  )

  test('spoken to in the clear', async () => {
    expect(stopOf(await reportOf(local(port)))).toBe('auth tls-required')
  })

  test('with an authority that cannot be read', async () => {
    const ca = '-----BEGIN CERTIFICATE-----\nbm9uc2Vuc2U=\n-----END CERTIFICATE-----'
    expect(stopOf(await reportOf({ ...local(port), tls: tlsFor({ ca }) }))).toBe(
      'tls ca-unreadable',
    )
  })
})

describe('a server that is spoken to encrypted', () => {
  test('but is a Redis without TLS', async () => {
    const plain = await startTestRedis()
    onTestFinished(() => plain.stop())
    const report = await reportOf({ ...local(plain.port), tls: trusting() })
    expect(stopOf(report)).toBe('tls tls-not-spoken')
  })

  test('but is something else without TLS', async () => {
    const server = createServer((socket) => {
      socket.on('error', () => {})
      socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')
    }).listen(0, '127.0.0.1')
    await once(server, 'listening')
    onTestFinished(() => void server.close())
    const { port } = server.address() as AddressInfo
    expect(stopOf(await reportOf({ ...local(port), tls: trusting() }))).toBe('tls tls-not-spoken')
  })

  test('but is no Redis', async () => {
    const { port } = await listening({})
    expect(stopOf(await reportOf({ ...local(port), tls: trusting() }))).toBe('auth not-redis')
  })

  test('and is not trusted is sent nothing at all', async () => {
    const { port, heard } = await listening({})
    const report = await reportOf({ ...local(port), tls: tlsFor() }, { password: 'secret' })
    expect(stopOf(report)).toBe('tls certificate-untrusted')
    expect(heard).toEqual([])
  })

  test('but only in a way that is no longer safe', async () => {
    const { port } = await listening({
      minVersion: 'TLSv1.1',
      maxVersion: 'TLSv1.1',
      ciphers: 'DEFAULT:@SECLEVEL=0',
    })
    expect(stopOf(await reportOf({ ...local(port), tls: trusting() }))).toBe('tls tls-no-agreement')
  })
})

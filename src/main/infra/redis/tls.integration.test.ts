import { connect as connectTo, createServer, type AddressInfo } from 'node:net'
import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { promisify } from 'node:util'
import { expect, onTestFinished, test } from 'vitest'
import { anyCertificatePhrase, type Secrets, type TlsSettings } from '#shared/contract/profiles.ts'
import {
  lockedKey,
  makeAuthority,
  tlsLines,
  type CertificateOptions,
} from '#test-support/certificates.ts'
import { connect, expectState, redisServer } from '#test-support/link-under-test.ts'
import { tlsFor } from '#test-support/profiles.ts'
import { freePort } from '#test-support/redis.ts'
import { temporaryFolder } from '#test-support/temporary-folder.ts'
import type { RedisLink } from './link.ts'

/** A Redis that speaks TLS alone, with a certificate of its own authority. */
async function tlsRedis(
  options: CertificateOptions & { clients?: boolean; extra?: readonly string[] } = {},
) {
  const { clients = false, extra = [], ...certificate } = options
  const authority = makeAuthority(temporaryFolder())
  const port = await freePort()
  const lines = tlsLines(port, authority.issue('server', certificate), authority, { clients })
  await redisServer([...lines, ...extra])
  return { authority, port }
}

function connectTls(
  port: number,
  {
    secrets = {},
    host = '127.0.0.1',
    ...tls
  }: Partial<TlsSettings> & {
    secrets?: Secrets
    host?: string
  } = {},
): RedisLink {
  return connect(`rediss://${host}:${port}`, { profile: { tls: tlsFor(tls) }, secrets })
}

const read = (link: RedisLink) => link.pipeline([['get', 'key']])

test('a certificate of the given authority for the address is good, for changes too', async () => {
  const { authority, port } = await tlsRedis()
  const link = connectTls(port, { ca: authority.certificate })
  await expectState(link, { state: 'ready', server: `127.0.0.1:${port}` })
  expect(await read(link)).toEqual([null])
  const redis = await link.mutations('key')
  expect(await redis.set('key', 'é'.repeat(200_000))).toBe('OK')
  expect(await read(link)).toEqual(['é'.repeat(200_000)])
  await link.close()
})

test('an authority nobody knows, and a certificate that signs itself, are not trusted', async () => {
  const { port } = await tlsRedis()
  const refused = { state: 'refused', reason: 'certificate-untrusted' } as const
  await expectState(connectTls(port), refused)
  await expectState(connectTls(port, { ca: makeAuthority(temporaryFolder()).certificate }), refused)
})

test('an authority the system trusts is trusted', async () => {
  const { authority, port } = await tlsRedis()
  // Node reads the system's authorities once in a process.
  const dialing = `
    const { dial } = await import(${JSON.stringify(new URL('dial.ts', import.meta.url).href)})
    const tls = { ca: null, certificate: null, serverName: null, acceptAny: null }
    const way = { tunnel: null, tls, secrets: {} }
    const stream = await dial({ host: '127.0.0.1', port: ${port} }, way)
    console.log(stream.authorized)
    stream.destroy()`
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--input-type=module', '--eval', dialing],
    { env: { ...process.env, SSL_CERT_FILE: authority.certificatePath } },
  )
  expect(stdout).toBe('true\n')
})

test('a certificate whose time is over is refused', async () => {
  const { authority, port } = await tlsRedis({ days: -1 })
  const link = connectTls(port, { ca: authority.certificate })
  await expectState(link, { state: 'refused', reason: 'certificate-expired' })
  await expect(read(link)).rejects.toMatchObject({
    code: 'ENVIRONMENT_UNREACHABLE',
    data: { reason: 'certificate-expired' },
  })
})

test('a certificate must be for the host, or for the name that is set', async () => {
  const { authority, port } = await tlsRedis({ names: ['DNS:redis.example.com'] })
  const ca = authority.certificate
  const wrong = { state: 'refused', reason: 'certificate-wrong-name' } as const
  await expectState(connectTls(port, { ca }), wrong)
  await expectState(connectTls(port, { ca, host: 'localhost' }), wrong)
  await expectState(connectTls(port, { ca, serverName: 'other.example.com' }), wrong)
  await expectState(connectTls(port, { ca, serverName: 'redis.example.com' }), { state: 'ready' })
})

test('any certificate is taken only where that was typed out', async () => {
  const { port } = await tlsRedis({ days: -1, names: ['DNS:redis.example.com'] })
  await expectState(connectTls(port, { acceptAny: anyCertificatePhrase }), { state: 'ready' })
})

test.each(['', 'tls-protocols TLSv1.2'])(
  'a server that wants a certificate gets it, else says that it wants one (%j)',
  async (protocols) => {
    const { authority, port } = await tlsRedis({ clients: true, extra: [protocols] })
    const ca = authority.certificate
    const wanted = { state: 'refused', reason: 'client-certificate' } as const
    await expectState(connectTls(port, { ca }), wanted)
    const client = authority.issue('client')
    const { certificate } = client
    await expectState(connectTls(port, { ca, certificate }), wanted)
    const tlsKey = client.key
    await expectState(connectTls(port, { ca, certificate, secrets: { tlsKey } }), {
      state: 'ready',
    })
    const stranger = makeAuthority(temporaryFolder()).issue('client')
    const unknown = { certificate: stranger.certificate, secrets: { tlsKey: stranger.key } }
    await expectState(connectTls(port, { ca, ...unknown }), wanted)
    const expired = authority.issue('late', { days: -1 })
    const late = { certificate: expired.certificate, secrets: { tlsKey: expired.key } }
    await expectState(connectTls(port, { ca, ...late }), wanted)
  },
)

test('a key opens with its passphrase, and neither with a wrong one nor without', async () => {
  const { authority, port } = await tlsRedis({ clients: true })
  const client = authority.issue('client')
  const { certificate } = client
  const ca = authority.certificate
  const tlsKey = lockedKey(client, 'correct horse')
  const of = (secrets: Secrets) => connectTls(port, { ca, certificate, secrets })
  await expectState(of({ tlsKey, tlsKeyPassphrase: 'correct horse' }), { state: 'ready' })
  const refused = { state: 'refused', reason: 'client-certificate' } as const
  await expectState(of({ tlsKey, tlsKeyPassphrase: 'battery' }), refused)
  await expectState(of({ tlsKey }), refused)
  await expectState(of({ tlsKey: 'no key at all' }), refused)
  await expectState(of({ tlsKey: authority.issue('other').key }), refused)
})

test('a server without TLS and one with it alone are told apart from a lost one', async () => {
  const plain = await redisServer()
  await expectState(connectTls(plain.port), { state: 'refused', reason: 'tls' })
  const { port } = await tlsRedis()
  await expectState(connect(`redis://127.0.0.1:${port}`), { state: 'refused', reason: 'tls' })
})

test('a handshake that breaks off is tried again', async () => {
  const { authority, port } = await tlsRedis()
  let refusals = 2
  const server = createServer((socket) => {
    if (refusals > 0) {
      refusals -= 1
      socket.resetAndDestroy()
      return
    }
    const upstream = connectTo(port, '127.0.0.1')
    socket.pipe(upstream).pipe(socket)
    for (const end of [socket, upstream]) {
      end.on('error', () => {}).on('close', () => (end === socket ? upstream : socket).destroy())
    }
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  const link = connectTls((server.address() as AddressInfo).port, { ca: authority.certificate })
  await expectState(link, { state: 'reconnecting', reason: 'closed' })
  await expectState(link, { state: 'ready' })
})

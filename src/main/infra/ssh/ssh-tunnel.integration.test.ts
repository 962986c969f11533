import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { expect, onTestFinished, test } from 'vitest'
import type { Secrets, SshSettings } from '#shared/contract/profiles.ts'
import { freePort } from '#test-support/free-port.ts'
import { hashKnownHosts, makeSshKey } from '#test-support/ssh-keys.ts'
import { startTestSshd, type TestSshd } from '#test-support/sshd.ts'
import { temporaryFolder } from '#test-support/temporary-folder.ts'
import { SshTunnel, type SshTunnelOptions } from './ssh-tunnel.ts'

async function sshd(options: Parameters<typeof startTestSshd>[0] = {}): Promise<TestSshd> {
  const server = await startTestSshd(options)
  onTestFinished(() => server.stop())
  return server
}

/** Answers what it hears, and then ends when the other side does. */
async function echo() {
  const server = createServer((socket) => socket.pipe(socket)).listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  return { host: '127.0.0.1', port: (server.address() as AddressInfo).port }
}

interface Choices extends Partial<SshTunnelOptions> {
  secrets?: () => Promise<Secrets>
  settings?: SshSettings
  /** Of a known_hosts file; those of the server unless told otherwise. */
  knownHosts?: string
}

function tunnelTo(
  server: Pick<TestSshd, 'port' | 'username' | 'knownHosts'>,
  changes: Partial<SshSettings>,
  { knownHosts = server.knownHosts(), ...options }: Choices = {},
): SshTunnel {
  const knownHostsPath = join(temporaryFolder(), 'known_hosts')
  writeFileSync(knownHostsPath, knownHosts)
  const settings: SshSettings = {
    host: '127.0.0.1',
    port: server.port,
    username: server.username,
    authentication: 'key',
    keepAlive: 30,
    hostKey: null,
    ...changes,
  }
  const tunnel = new SshTunnel({
    settings,
    secrets: () => Promise.resolve({}),
    knownHostsPath,
    ...options,
  })
  onTestFinished(() => tunnel.close())
  return tunnel
}

async function withKey(options: Parameters<typeof startTestSshd>[0] = {}) {
  const key = makeSshKey(temporaryFolder(), 'mine')
  const server = await sshd({ authorized: [key.publicKey], ...options })
  const secrets = () => Promise.resolve({ sshKey: key.privateKey })
  const tunnel = (changes: Partial<SshSettings> = {}, choices: Choices = {}) =>
    tunnelTo(server, changes, { secrets, ...choices })
  return { server, key, tunnel }
}

async function says(tunnel: SshTunnel, word: string): Promise<string> {
  const stream = await tunnel.open(await echo())
  stream.end(word)
  return text(stream)
}

const refusal = (attempt: Promise<unknown>) =>
  attempt.then(
    () => expect.unreachable('nothing was refused'),
    (error: unknown) => error,
  )

test.each([
  ['ed25519', { options: ['-t', 'ed25519'] }],
  ['ed25519 with a passphrase', { options: ['-t', 'ed25519'], passphrase: 'open sesame' }],
  ['RSA', { options: ['-t', 'rsa', '-b', '2048'] }],
  ['RSA in PEM, with a passphrase', { options: ['-t', 'rsa', '-m', 'PEM'], passphrase: 'sesame' }],
  ['RSA in PKCS #8', { options: ['-t', 'rsa', '-m', 'PKCS8'], passphrase: 'sesame' }],
  ['ECDSA', { options: ['-t', 'ecdsa', '-b', '384'] }],
] as [string, { options: string[]; passphrase?: string }][])(
  'a key opens the way: %s',
  async (_type, options) => {
    const key = makeSshKey(temporaryFolder(), 'mine', options)
    const server = await sshd({ authorized: [key.publicKey] })
    const secrets = { sshKey: key.privateKey, sshKeyPassphrase: options.passphrase }
    const tunnel = tunnelTo(server, {}, { secrets: () => Promise.resolve(secrets) })
    expect(await says(tunnel, 'hello')).toBe('hello')
  },
)

test('a key that is not the right one, or cannot be read, is told as what it is', async () => {
  const { server } = await withKey()
  const key = makeSshKey(temporaryFolder(), 'other', { passphrase: 'planted passphrase' })
  const attempt = (secrets: Secrets) =>
    refusal(tunnelTo(server, {}, { secrets: () => Promise.resolve(secrets) }).connect())

  const { privateKey } = key
  expect(
    await attempt({ sshKey: privateKey, sshKeyPassphrase: 'planted passphrase' }),
  ).toMatchObject({ reason: 'ssh-authentication', fingerprint: null })
  expect(await attempt({ sshKey: privateKey, sshKeyPassphrase: 'wrong' })).toMatchObject({
    reason: 'ssh-key',
  })
  expect(await attempt({ sshKey: privateKey })).toMatchObject({ reason: 'ssh-key' })
  expect(await attempt({ sshKey: 'garbage' })).toMatchObject({ reason: 'ssh-key' })
  expect(await attempt({})).toMatchObject({ reason: 'ssh-key' })
})

async function agent() {
  const path = join(temporaryFolder(), 'agent')
  const child = spawn('ssh-agent', ['-D', '-a', path], { stdio: ['ignore', 'pipe', 'inherit'] })
  onTestFinished(async () => {
    child.kill()
    await once(child, 'exit')
  })
  await once(child.stdout, 'data')
  const add = async (key: string) => {
    const environment = { ...process.env, SSH_AUTH_SOCK: path }
    const adding = spawn('ssh-add', ['-q', key], { env: environment, stdio: 'inherit' })
    expect(await once(adding, 'exit')).toEqual([0, null])
  }
  return { path, add }
}

test('an agent opens the way with any of its keys, once it has the right one', async () => {
  const { server, key } = await withKey()
  const { path, add } = await agent()
  const attempt = (paths: string[]) =>
    tunnelTo(server, { authentication: 'agent' }, { agents: () => paths })

  await add(makeSshKey(temporaryFolder(), 'other').path)
  expect(await refusal(attempt([path]).connect())).toMatchObject({ reason: 'ssh-authentication' })
  await add(key.path)
  expect(await says(attempt([path]), 'hello')).toBe('hello')
  expect(await says(attempt(['/nowhere/agent', path]), 'hello')).toBe('hello')
  expect(await refusal(attempt(['/nowhere/agent']).connect())).toMatchObject({
    reason: 'ssh-agent',
  })
  expect(await refusal(attempt([]).connect())).toMatchObject({ reason: 'ssh-agent' })
})

test('an agent with more keys than the server has patience for is refused, not misunderstood', async () => {
  const { server } = await withKey({ extra: ['MaxAuthTries 1'] })
  const { path, add } = await agent()
  const folder = temporaryFolder()
  await add(makeSshKey(folder, 'one').path)
  await add(makeSshKey(folder, 'two').path)
  const tunnel = tunnelTo(server, { authentication: 'agent' }, { agents: () => [path] })
  expect(await refusal(tunnel.connect())).toMatchObject({ reason: 'ssh-authentication' })
})

test('a server that is not known is refused with its fingerprint, which can then be pinned', async () => {
  const { server, tunnel } = await withKey()
  const fingerprint = server.hostKeys[0]?.fingerprint ?? ''
  const unknown = await refusal(tunnel({}, { knownHosts: '' }).connect())
  expect(unknown).toMatchObject({ reason: 'ssh-host-unknown', fingerprint, expected: [] })
  const pinned = tunnel({ hostKey: fingerprint }, { knownHosts: '' })
  expect(await pinned.connect()).toEqual({ fingerprint })
  const missing = tunnel({}, { knownHostsPath: '/nowhere/known_hosts' })
  expect(await refusal(missing.connect())).toMatchObject({ reason: 'ssh-host-unknown' })
})

test('a pinned key wins over known_hosts', async () => {
  const { server, tunnel } = await withKey()
  const hostKey = `SHA256:${'A'.repeat(43)}`
  expect(await refusal(tunnel({ hostKey }).connect())).toMatchObject({
    reason: 'ssh-host-changed',
    fingerprint: server.hostKeys[0]?.fingerprint,
    expected: [hostKey],
  })
})

test('known_hosts: hashed, revoked, changed', async () => {
  const { server, tunnel } = await withKey()
  const path = join(temporaryFolder(), 'known_hosts')
  writeFileSync(path, server.knownHosts())
  hashKnownHosts(path)
  await tunnel({}, { knownHostsPath: path }).connect()

  const revoked = `@revoked ${server.knownHosts('*')}${server.knownHosts()}`
  expect(await refusal(tunnel({}, { knownHosts: revoked }).connect())).toMatchObject({
    reason: 'ssh-host-changed',
  })

  const other = makeSshKey(temporaryFolder(), 'other')
  const changed = `[127.0.0.1]:${server.port} ${other.publicKey}\n`
  expect(await refusal(tunnel({}, { knownHosts: changed }).connect())).toMatchObject({
    reason: 'ssh-host-changed',
    fingerprint: server.hostKeys[0]?.fingerprint,
    expected: [other.fingerprint],
  })
})

const threeHostKeys = (directory: string) => [
  makeSshKey(directory, 'ed25519'),
  makeSshKey(directory, 'ecdsa', { options: ['-t', 'ecdsa'] }),
  makeSshKey(directory, 'rsa', { options: ['-t', 'rsa', '-b', '2048'] }),
]

test('a server with several keys shows the one that is known', async () => {
  const { server, tunnel } = await withKey({ hostKeys: threeHostKeys })
  for (const { publicKey, fingerprint } of server.hostKeys) {
    const known = tunnel({}, { knownHosts: `[127.0.0.1]:${server.port} ${publicKey}\n` })
    expect(await known.connect()).toEqual({ fingerprint })
  }
})

/** A port that accepts, and says at most one thing. */
async function answering(word: string | null): Promise<number> {
  const server = createServer((socket) => {
    socket.on('error', () => {})
    if (word !== null) socket.write(word)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  return (server.address() as AddressInfo).port
}

test('a server that is not there, is nowhere, or is no SSH server', async () => {
  const { tunnel } = await withKey()
  const attempt = (changes: Partial<SshSettings>, timeout?: number) =>
    refusal(tunnel(changes, { timeout }).connect())
  expect(await attempt({ port: await freePort() })).toMatchObject({ reason: 'refused' })
  expect(await attempt({ host: 'nowhere.invalid' })).toMatchObject({ reason: 'unresolved' })
  expect(await attempt({ port: await answering('-ERR unknown\r\n') }, 200)).toMatchObject({
    reason: 'ssh',
  })
  expect(await attempt({ port: await answering('SSH-2.0-x\r\nnonsense nonsense') })).toMatchObject({
    reason: 'ssh',
  })
  expect(await attempt({ port: await answering(null) }, 200)).toMatchObject({ reason: 'timeout' })
})

test('a server with nothing but SHA-1 left is not spoken with', async () => {
  const { tunnel } = await withKey({ extra: ['MACs hmac-sha1', 'Ciphers aes128-ctr'] })
  expect(await refusal(tunnel().connect())).toMatchObject({ reason: 'ssh' })
})

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { expect, onTestFinished, test } from 'vitest'
import type { Secrets, SshSettings } from '#shared/contract/profiles.ts'
import { freePort } from '#test-support/free-port.ts'
import { hashKnownHosts, makeSshKey } from '#test-support/ssh-keys.ts'
import { listener, refusalOf, sshdWithKey, tunnelTo } from '#test-support/ssh-tunnel.ts'
import { startTestSshd } from '#test-support/sshd.ts'
import { temporaryFolder } from '#test-support/temporary-folder.ts'
import type { SshTunnel } from './ssh-tunnel.ts'

async function says(tunnel: SshTunnel, word: string): Promise<string> {
  const stream = await tunnel.open(await listener())
  stream.end(word)
  return text(stream)
}

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
    const server = await startTestSshd({ authorized: [key.publicKey] })
    onTestFinished(() => server.stop())
    const secrets = { sshKey: key.privateKey, sshKeyPassphrase: options.passphrase }
    const tunnel = tunnelTo(server, {}, { secrets: () => Promise.resolve(secrets) })
    expect(await says(tunnel, 'hello')).toBe('hello')
  },
)

test('a key that is not the right one, or cannot be read, is told as what it is', async () => {
  const { server } = await sshdWithKey()
  const key = makeSshKey(temporaryFolder(), 'other', { passphrase: 'planted passphrase' })
  const attempt = (secrets: Secrets) =>
    refusalOf(tunnelTo(server, {}, { secrets: () => Promise.resolve(secrets) }).connect())

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
  const { server, key } = await sshdWithKey()
  const { path, add } = await agent()
  const attempt = (paths: string[]) =>
    tunnelTo(server, { authentication: 'agent' }, { agents: () => paths })

  await add(makeSshKey(temporaryFolder(), 'other').path)
  expect(await refusalOf(attempt([path]).connect())).toMatchObject({ reason: 'ssh-authentication' })
  await add(key.path)
  expect(await says(attempt([path]), 'hello')).toBe('hello')
  expect(await says(attempt(['/nowhere/agent', path]), 'hello')).toBe('hello')
  expect(await refusalOf(attempt(['/nowhere/agent']).connect())).toMatchObject({
    reason: 'ssh-agent',
  })
  expect(await refusalOf(attempt([]).connect())).toMatchObject({ reason: 'ssh-agent' })
})

test('an agent with more keys than the server has patience for is refused, not misunderstood', async () => {
  const { server } = await sshdWithKey({ extra: ['MaxAuthTries 1'] })
  const { path, add } = await agent()
  const folder = temporaryFolder()
  await add(makeSshKey(folder, 'one').path)
  await add(makeSshKey(folder, 'two').path)
  const tunnel = tunnelTo(server, { authentication: 'agent' }, { agents: () => [path] })
  expect(await refusalOf(tunnel.connect())).toMatchObject({ reason: 'ssh-authentication' })
})

test('a server that is not known is refused with its fingerprint, which can then be pinned', async () => {
  const { server, tunnel } = await sshdWithKey()
  const fingerprint = server.hostKeys[0]?.fingerprint ?? ''
  const unknown = await refusalOf(tunnel({}, { knownHosts: '' }).connect())
  expect(unknown).toMatchObject({ reason: 'ssh-host-unknown', fingerprint, expected: [] })
  const pinned = tunnel({ hostKey: fingerprint }, { knownHosts: '' })
  expect(await pinned.connect()).toEqual({ fingerprint })
  const missing = tunnel({}, { knownHostsPath: '/nowhere/known_hosts' })
  expect(await refusalOf(missing.connect())).toMatchObject({ reason: 'ssh-host-unknown' })
})

test('a pinned key wins over known_hosts', async () => {
  const { server, tunnel } = await sshdWithKey()
  const hostKey = `SHA256:${'A'.repeat(43)}`
  expect(await refusalOf(tunnel({ hostKey }).connect())).toMatchObject({
    reason: 'ssh-host-changed',
    fingerprint: server.hostKeys[0]?.fingerprint,
    expected: [hostKey],
  })
})

test('known_hosts: hashed, revoked, changed', async () => {
  const { server, tunnel } = await sshdWithKey()
  const path = join(temporaryFolder(), 'known_hosts')
  writeFileSync(path, server.knownHosts())
  hashKnownHosts(path)
  await tunnel({}, { knownHostsPath: path }).connect()

  const revoked = `@revoked ${server.knownHosts('*')}${server.knownHosts()}`
  expect(await refusalOf(tunnel({}, { knownHosts: revoked }).connect())).toMatchObject({
    reason: 'ssh-host-changed',
  })

  const other = makeSshKey(temporaryFolder(), 'other')
  const changed = `[127.0.0.1]:${server.port} ${other.publicKey}\n`
  expect(await refusalOf(tunnel({}, { knownHosts: changed }).connect())).toMatchObject({
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
  const { server, tunnel } = await sshdWithKey({ hostKeys: threeHostKeys })
  for (const { publicKey, fingerprint } of server.hostKeys) {
    const known = tunnel({}, { knownHosts: `[127.0.0.1]:${server.port} ${publicKey}\n` })
    expect(await known.connect()).toEqual({ fingerprint })
  }
})

/** A port that accepts, and says at most one thing. */
async function answering(word = ''): Promise<number> {
  return (await listener((socket) => void socket.write(word))).port
}

test('a server that is not there, is nowhere, or is no SSH server', async () => {
  const { tunnel } = await sshdWithKey()
  const attempt = (changes: Partial<SshSettings>, timeout?: number) =>
    refusalOf(tunnel(changes, { timeout }).connect())
  expect(await attempt({ port: await freePort() })).toMatchObject({ reason: 'refused' })
  expect(await attempt({ host: 'nowhere.invalid' })).toMatchObject({ reason: 'unresolved' })
  expect(await attempt({ port: await answering('-ERR unknown\r\n') }, 1000)).toMatchObject({
    reason: 'ssh',
  })
  expect(await attempt({ port: await answering('SSH-2.0-x\r\nnonsense nonsense') })).toMatchObject({
    reason: 'ssh',
  })
  expect(await attempt({ port: await answering() }, 500)).toMatchObject({ reason: 'timeout' })
})

test.each([
  ['nothing but SHA-1 left', 'MACs hmac-sha1', 'Ciphers aes128-ctr'],
  ['groups of its own alone', 'KexAlgorithms diffie-hellman-group-exchange-sha256'],
  ['CBC alone', 'Ciphers aes256-cbc'],
])('a server with %s is not spoken with', async (_what, ...extra) => {
  const { tunnel } = await sshdWithKey({ extra })
  expect(await refusalOf(tunnel().connect())).toMatchObject({ reason: 'ssh' })
})

test.each([
  ['ecdh-sha2-nistp521', 'aes256-ctr'],
  ['diffie-hellman-group16-sha512', 'aes256-gcm@openssh.com'],
  ['diffie-hellman-group14-sha256', 'chacha20-poly1305@openssh.com'],
])('a server with %s and %s alone is', async (exchange, cipher) => {
  const { tunnel } = await sshdWithKey({
    extra: [`KexAlgorithms ${exchange}`, `Ciphers ${cipher}`, 'MACs hmac-sha2-256'],
  })
  expect(await says(tunnel(), 'hello')).toBe('hello')
})

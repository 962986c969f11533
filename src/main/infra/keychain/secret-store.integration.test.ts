import { createServer } from 'node:net'
import { join } from 'node:path'
import { once } from 'node:events'
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest'
import { startSecretService, type TestSecretService } from '#test-support/secret-service.ts'
import { temporaryFolder } from '#test-support/temporary-folder.ts'
import { HelperEntries, type HelperEntriesOptions } from './helper-entries.ts'
import { forkHelper } from './helper-process.ts'
import { KeychainSecretStore } from './secret-store.ts'
import { keychainService } from './service-name.ts'

const script = join(import.meta.dirname, 'keychain-process.ts')
let services = 0

/** A console's store, with processes of its own, as another console would have. */
function open(
  env: NodeJS.ProcessEnv,
  { keptBefore = false, ...options }: Partial<HelperEntriesOptions> & { keptBefore?: boolean } = {},
) {
  const service = options.service ?? `vigie-test-${process.pid}-${(services += 1)}`
  const started: ReturnType<typeof forkHelper>[] = []
  const start = () => {
    const helper = forkHelper(script, env)
    started.push(helper)
    return helper
  }
  const entries = new HelperEntries({ start, ...options, service })
  onTestFinished(() => entries.close())
  const store = new KeychainSecretStore({ entries, keptBefore: () => keptBefore })
  return { store, entries, service, started }
}

const key = `-----BEGIN OPENSSH PRIVATE KEY-----\n${'b3BlbnNzaC1rZXktdjEA\n'.repeat(300)}-----END`
const secrets = { password: 'pä$$ w0rd 🏭 "\\', sshKey: key, tlsKeyPassphrase: '\u0000\n\t' }
const unavailable = { code: 'KEYCHAIN_UNAVAILABLE' }
const withoutBus = { ...process.env, DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nonexistent' }

describe('a Secret Service', () => {
  let service: TestSecretService
  beforeAll(async () => {
    service = await startSecretService()
  })
  afterAll(() => service.stop())

  test('is found, and keeps what the next console reads, changes and removes', async () => {
    const first = open(service.env)
    expect(await first.store.keychain()).toEqual({ available: true, problem: null })
    await first.store.write('staging', secrets, 'keychain')
    expect(await first.store.read('staging')).toEqual(secrets)
    first.entries.close()

    const next = open(service.env, { service: first.service, keptBefore: true }).store
    expect(await next.read('staging')).toEqual(secrets)
    await next.write('staging', { sshKey: null, password: 'other' }, 'keychain')
    expect(await next.read('staging')).toEqual({
      password: 'other',
      tlsKeyPassphrase: secrets.tlsKeyPassphrase,
    })
    await next.remove('staging')
    expect(await next.read('staging')).toEqual({})
    const last = open(service.env, { service: first.service, keptBefore: true }).store
    expect(await last.read('staging')).toEqual({})
  })

  test('takes the longest secret there may be', async () => {
    const { store } = open(service.env)
    const longest = { sshKey: '🏭'.repeat(25_000) }
    await store.write('staging', longest, 'keychain')
    expect(await store.read('staging')).toEqual(longest)
    await store.remove('staging')
  })

  test('keeps two data folders apart', async () => {
    const [one, other] = [temporaryFolder(), temporaryFolder()].map(keychainService)
    expect(one).not.toBe(other)
    await open(service.env, { service: one ?? '' }).store.write('a', { password: 'x' }, 'keychain')
    const { store } = open(service.env, { service: other ?? '', keptBefore: true })
    expect(await store.read('a')).toEqual({})
  })

  test('is asked by a process that ends when nothing more is asked', async () => {
    const { store, started } = open(service.env, { idle: 1 })
    await store.keychain()
    await new Promise<void>((ended) => started[0]?.onEnd(ended))
    expect(await store.keychain()).toMatchObject({ available: true })
    expect(started).toHaveLength(2)
  })

  test('whose process is killed in the middle is asked by another', async () => {
    const { store, started } = open(service.env, { keptBefore: true })
    await store.keychain()
    const read = store.read('staging')
    started[0]?.kill()
    await expect(read).rejects.toMatchObject(unavailable)
    expect(await store.read('staging')).toEqual({})
    expect(started).toHaveLength(2)
  })
})

test('a locked keyring is no keychain to write to, and says so; memory still is', async () => {
  const service = await startSecretService()
  onTestFinished(() => service.stop())
  const first = open(service.env)
  await first.store.write('staging', { password: 'a' }, 'keychain')
  await service.lock()
  await expect(first.store.read('staging')).rejects.toMatchObject({
    ...unavailable,
    data: { problem: expect.stringContaining('unlock prompt was dismissed') },
  })
  const { store } = open(service.env)
  await expect(store.write('new', { password: 'hunter2' }, 'keychain')).rejects.toMatchObject({
    ...unavailable,
    data: { problem: expect.not.stringContaining('hunter2') },
  })
  await store.write('new', { password: 'hunter2' }, 'memory')
  expect(await store.read('new')).toEqual({ password: 'hunter2' })
})

test('a service that goes away in the middle leaves nothing half changed', async () => {
  const service = await startSecretService()
  onTestFinished(() => service.stop())
  const { store, entries } = open(service.env)
  await store.write('staging', { password: 'old' }, 'keychain')
  const set = entries.set.bind(entries)
  vi.spyOn(entries, 'set').mockImplementationOnce(async (account, text) => {
    await set(account, text)
    await service.stop()
  })
  const change = { password: 'new', sshKey: key }
  await expect(store.write('staging', change, 'keychain')).rejects.toMatchObject(unavailable)
  await expect(store.read('staging')).rejects.toMatchObject(unavailable)
  expect(await store.keychain()).toMatchObject({ available: false })
})

describe('a service that does not answer', () => {
  test('is given up, holds nobody up, and nothing of it happens later', async () => {
    const service = await startSecretService()
    onTestFinished(() => service.stop())
    const { store, service: name } = open(service.env)
    await store.write('staging', { password: 'old' }, 'keychain')
    const again = { service: name, keptBefore: true }
    const hasty = open(service.env, { ...again, limit: 500, probeLimit: 500 }).store
    service.freeze()
    let turns = 0
    const ticking = setInterval(() => (turns += 1), 1)
    expect(await hasty.keychain()).toEqual({ available: false, problem: 'it does not answer' })
    await expect(hasty.write('staging', { password: 'new' }, 'keychain')).rejects.toMatchObject(
      unavailable,
    )
    clearInterval(ticking)
    expect(turns).toBeGreaterThan(20)
    service.thaw()
    expect(await open(service.env, again).store.read('staging')).toEqual({ password: 'old' })
  })

  test('not even on D-Bus, is given up as well', async () => {
    const path = join(temporaryFolder(), 'bus')
    const silent = createServer((socket) => socket.on('error', () => undefined)).listen(path)
    onTestFinished(() => void silent.close())
    await once(silent, 'listening')
    const env = { ...process.env, DBUS_SESSION_BUS_ADDRESS: `unix:path=${path}` }
    const { store } = open(env, { probeLimit: 500 })
    expect(await store.keychain()).toEqual({ available: false, problem: 'it does not answer' })
  })
})

test('without D-Bus there is no keychain, and no other is taken in its place', async () => {
  const { store } = open(withoutBus)
  const { available, problem } = await store.keychain()
  expect(available).toBe(false)
  expect(problem).toMatch(/D-?Bus/i)
  await expect(store.write('new', { password: 'a' }, 'keychain')).rejects.toMatchObject(unavailable)
  await store.write('new', { password: 'a' }, 'memory')
  expect(await store.read('new')).toEqual({ password: 'a' })
})

test('where the process cannot be started there is no keychain', async () => {
  const entries = new HelperEntries({ start: () => forkHelper('/nonexistent'), service: 'vigie' })
  onTestFinished(() => entries.close())
  const store = new KeychainSecretStore({ entries, keptBefore: () => false })
  expect(await store.keychain()).toEqual({ available: false, problem: 'its process ended' })
})

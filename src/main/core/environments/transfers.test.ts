import { expect, test } from 'vitest'
import { memoryAudit } from '#test-support/audit.ts'
import { profileFor } from '#test-support/profiles.ts'
import { memoryProfiles, registryOf, setupFor } from '#test-support/registry.ts'
import { Environments } from './environments.ts'
import { Locks } from './locks.ts'
import { writeTransfer } from './transfer.ts'
import { Transfers } from './transfers.ts'

const actor = { operator: 'marie', via: 'http' } as const
const passphrase = 'a long enough passphrase'

function open() {
  const { registry, secrets } = registryOf()
  const { trail: audit, store: entries, log } = memoryAudit()
  const locks = new Locks({ registry, audit, log })
  const environments = new Environments({ registry, locks, secrets, queueCount: () => 0 })
  const store = memoryProfiles()
  const transfers = new Transfers({ registry, environments, store, secrets, audit })
  return { transfers, registry, store, secrets, recorded: () => entries.after(0, 100) }
}

const given = (document: string) => ({
  document,
  passphrase,
  withoutSecrets: false,
  keepSecrets: 'keychain' as const,
})

test('what one console exports another imports, unconnected, under a free name, with its secrets', async () => {
  const one = open()
  one.registry.add(setupFor({ name: 'Shop', kind: 'production' }))
  one.secrets.held.set('Shop', { password: 'S3cret' })
  const { document, fileName } = await one.transfers.export(actor, { passphrase })
  expect(fileName).toMatch(/^vigie-environments-\d{4}-\d\d-\d\d\.json$/)
  expect(document).not.toContain('S3cret')
  expect(one.recorded().map(({ action, kind }) => `${action} ${kind}`)).toEqual([
    'environments.export intent',
    'environments.export outcome',
  ])

  const other = open()
  other.registry.add(setupFor({ name: 'Shop' }))
  const { environments, secrets } = await other.transfers.import(actor, given(document))
  expect(secrets).toBe(1)
  expect(environments).toMatchObject([
    { name: 'Shop (2)', kind: 'production', health: { state: 'offline' } },
  ])
  expect(other.secrets.held.get(environments[0]?.id ?? '')).toEqual({ password: 'S3cret' })
  expect(JSON.stringify(other.recorded())).not.toContain('S3cret')
})

test('a file is imported whole or not at all', async () => {
  const { transfers, registry, store, secrets } = open()
  const document = await writeTransfer(
    ['A', 'B', 'C'].map((name) => ({ profile: profileFor({ name }), secrets: { password: name } })),
    passphrase,
  )
  const save = store.save.bind(store)
  store.save = (saved) => {
    if (saved.profile.name === 'C') throw new Error('disk full')
    save(saved)
  }
  await expect(transfers.import(actor, given(document))).rejects.toThrow('disk full')
  expect(registry.all()).toEqual([])
  expect(store.list()).toEqual([])
  expect(secrets.held.size).toBe(0)
})

test('a free name is made of whole characters', async () => {
  const { transfers, registry } = open()
  const name = `${'x'.repeat(53)}😀${'y'.repeat(5)}`
  registry.add(setupFor({ name }))
  const document = await writeTransfer([{ profile: profileFor({ name }), secrets: {} }])
  const { environments } = await transfers.import(actor, given(document))
  expect(environments.map((each) => each.name)).toEqual([`${'x'.repeat(53)} (2)`])
})

test('what would lead around a lock comes in locked', async () => {
  const { transfers, registry } = open()
  registry.add(setupFor({ name: 'Shop', kind: 'production' }))
  const document = await writeTransfer(
    [
      profileFor({ name: 'Back door' }),
      profileFor({ name: 'Elsewhere', database: 1 }),
      profileFor({ name: 'In the same file', database: 2 }),
      profileFor({ name: 'Shop 2', kind: 'production', database: 2 }),
    ].map((profile) => ({ profile, secrets: {} })),
  )
  const { environments } = await transfers.import(actor, given(document))
  expect(environments.map(({ name, lock }) => `${name}: ${lock.state}`)).toEqual([
    'Back door: locked',
    'Elsewhere: open',
    'In the same file: locked',
    'Shop 2: locked',
  ])
})

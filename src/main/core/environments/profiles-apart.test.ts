import { describe, expect, test } from 'vitest'
import { memoryAudit } from '#test-support/audit.ts'
import { profileFor } from '#test-support/profiles.ts'
import { memoryProfiles, registryOf, setupFor } from '#test-support/registry.ts'
import type { NewProfile, ProfileChange } from '../services.ts'
import { Environments } from './environments.ts'
import { Locks } from './locks.ts'
import { Profiles } from './profiles.ts'

const actor = { operator: 'marie', via: 'http' } as const

function open() {
  const { registry, opener, secrets } = registryOf()
  const { trail: audit, store: entries, log } = memoryAudit()
  const locks = new Locks({ registry, audit, log })
  const environments = new Environments({ registry, locks, secrets, queueCount: () => 0 })
  const store = memoryProfiles()
  const profiles = new Profiles({ registry, environments, store, secrets, opener, audit })
  return { profiles, registry, secrets, store, recorded: () => entries.after(0, 100) }
}

const given = (change: Partial<NewProfile> = {}): NewProfile => ({
  profile: profileFor({ name: 'Shop', kind: 'production' }),
  secrets: {},
  keepSecrets: 'keychain',
  ...change,
})

const changeOf = (change: Partial<ProfileChange>): ProfileChange => ({
  profile: {},
  secrets: {},
  keepSecrets: 'keychain',
  ...change,
})

const refused = (code: string, data: object = {}) =>
  expect.objectContaining({ code, data: expect.objectContaining(data) })

const needed = (environment: string) => refused('CONFIRMATION_NEEDED', { environment })

describe('an environment that would lead around the lock of another', () => {
  const free = given({ profile: profileFor({ name: 'Back door' }) })

  test('is added by the name of the locked one alone, on record', async () => {
    const { profiles, registry, recorded } = open()
    const { id } = await profiles.create(actor, given())
    for (const confirmation of [undefined, 'Back door']) {
      await expect(profiles.create(actor, { ...free, confirmation })).rejects.toThrow(needed(id))
    }
    expect(registry.all()).toHaveLength(1)
    expect(recorded().at(-1)).toMatchObject({ result: 'CONFIRMATION_NEEDED' })
    const { lock } = await profiles.create(actor, { ...free, confirmation: 'Shop' })
    expect(lock.state).toBe('open')
    expect(recorded().at(-2)?.details).toContain('"aroundLockOf":"Shop"')
  })

  test('is asked about as well where the command line opened the locked one', async () => {
    const { profiles, registry } = open()
    registry.add({ ...setupFor({ name: 'Opened', kind: 'production' }), id: 'cli', saved: false })
    await expect(profiles.create(actor, free)).rejects.toThrow(needed('cli'))
  })

  test.each([
    ['locked itself', { locked: true }],
    ['view only', { access: 'view-only' }],
    ['in another database', { database: 1 }],
  ] as const)('is added unasked when it is %s', async (_name, change) => {
    const { profiles } = open()
    await profiles.create(actor, given())
    const profile = profileFor({ name: 'Second', ...change })
    expect(await profiles.create(actor, given({ profile }))).toMatchObject({ name: 'Second' })
  })

  test.each([
    ['its place', { database: 1 }, { database: 0 }],
    ['its prefixes', { prefixes: ['other'] }, { prefixes: ['other', 'bull'] }],
    ['its lock', { locked: true }, { locked: false }],
  ])('comes to it by a change of %s', async (_name, before, change) => {
    const { profiles } = open()
    const { id: shop } = await profiles.create(actor, given())
    const profile = profileFor({ name: 'Back door', ...before })
    const { id } = await profiles.create(actor, given({ profile }))
    for (const confirmation of [undefined, 'Back door']) {
      const changed = changeOf({ profile: change, confirmation })
      await expect(profiles.update(actor, id, changed)).rejects.toThrow(needed(shop))
    }
    await profiles.update(actor, id, changeOf({ profile: change, confirmation: 'Shop' }))
    const renamed = await profiles.update(actor, id, changeOf({ profile: { name: 'Side door' } }))
    expect(renamed.name).toBe('Side door')
  })
})

describe('a name', () => {
  const taken = refused('PROFILE_INVALID', { issues: [{ path: ['name'], problem: 'duplicate' }] })

  test('is of one environment alone', async () => {
    const { profiles } = open()
    const { id } = await profiles.create(actor, given())
    const second = given({ profile: profileFor({ name: 'SHOP', database: 1 }) })
    await expect(profiles.create(actor, second)).rejects.toThrow(taken)
    const other = given({ profile: profileFor({ name: 'Other', database: 1 }) })
    await profiles.create(actor, other)
    await expect(
      profiles.update(actor, id, changeOf({ profile: { name: 'other' } })),
    ).rejects.toThrow(taken)
    const itself = await profiles.update(actor, id, changeOf({ profile: { name: 'shop' } }))
    expect(itself.name).toBe('shop')
  })

  test('that two have from earlier is no hindrance to other changes', async () => {
    const { profiles, registry, store } = open()
    for (const id of ['one', 'two']) {
      store.save(registry.add({ ...setupFor({ name: 'Twin' }), id }))
    }
    const { profile } = await profiles.update(actor, 'two', changeOf({ profile: { tags: ['eu'] } }))
    expect(profile.tags).toEqual(['eu'])
  })
})

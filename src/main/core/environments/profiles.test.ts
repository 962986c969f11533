import { describe, expect, test, vi } from 'vitest'
import { memoryAudit } from '#test-support/audit.ts'
import { profileFor, tlsFor } from '#test-support/profiles.ts'
import { memoryProfiles, registryOf } from '#test-support/registry.ts'
import type { NewProfile, ProfileChange } from '../services.ts'
import { Environments } from './environments.ts'
import { Locks } from './locks.ts'
import { Profiles } from './profiles.ts'

const actor = { operator: 'marie', via: 'http' } as const

function open() {
  const { registry, opener, secrets } = registryOf()
  const { trail, store: entries, log, database } = memoryAudit()
  const locks = new Locks({ registry, audit: trail, log })
  const environments = new Environments({ registry, locks, secrets, queueCount: () => 0 })
  const store = memoryProfiles()
  const profiles = new Profiles({ registry, environments, store, secrets, opener, audit: trail })
  const recorded = () => entries.after(0, 100)
  return { profiles, registry, opener, secrets, store, locks, recorded, database }
}

const given = (change: Partial<NewProfile> = {}): NewProfile => ({
  profile: profileFor({ name: 'Shop', kind: 'production' }),
  secrets: { password: 'S3cret' },
  keepSecrets: 'keychain',
  ...change,
})

const changeOf = (change: Partial<ProfileChange>): ProfileChange => ({
  profile: {},
  secrets: {},
  keepSecrets: 'keychain',
  ...change,
})

const byName = (confirmation: string) => ({ confirmation })

const refused = (code: string, data: object = {}) =>
  expect.objectContaining({ code, data: expect.objectContaining(data) })

describe('a new environment', () => {
  test('is saved, connected and on record, and its secret is in the keychain alone', async () => {
    const { profiles, registry, secrets, store, recorded } = open()
    const detail = await profiles.create(actor, given())
    expect(detail).toMatchObject({
      name: 'Shop',
      saved: true,
      secrets: ['password'],
      secretsKept: 'keychain',
    })
    expect(detail.id).toMatch(/^shop-[0-9a-f]{8}$/)
    expect(secrets.held.get(detail.id)).toEqual({ password: 'S3cret' })
    expect(registry.get(detail.id).parts.link.health().state).toBe('ready')
    expect(store.list()).toHaveLength(1)
    expect(recorded().map(({ kind, action, result }) => [kind, action, result])).toEqual([
      ['intent', 'environments.create', null],
      ['outcome', 'environments.create', 'ok'],
    ])
    expect(JSON.stringify([detail, store.list(), recorded()])).not.toContain('S3cret')
  })

  test('is not there when its secret cannot be kept', async () => {
    const { profiles, registry, secrets, store, recorded } = open()
    secrets.fail = new Error('locked')
    await expect(profiles.create(actor, given())).rejects.toThrow('locked')
    expect(store.list()).toEqual([])
    expect(registry.all()).toEqual([])
    expect(recorded().at(-1)).toMatchObject({ kind: 'outcome', result: 'FAILED' })
  })

  test('is not there when it cannot be put on record', async () => {
    const { profiles, registry, secrets, database } = open()
    database.close()
    await expect(profiles.create(actor, given())).rejects.toThrow(refused('AUDIT_UNAVAILABLE'))
    expect(secrets.held.size).toBe(0)
    expect(registry.all()).toEqual([])
  })
})

describe('a duplicate', () => {
  test('takes the secrets along to the same place', async () => {
    const { profiles, secrets } = open()
    const first = await profiles.create(actor, given())
    const copy = await profiles.create(
      actor,
      given({
        profile: profileFor({ name: 'Shop 2', kind: 'production' }),
        secrets: {},
        secretsOf: first.id,
      }),
    )
    expect(secrets.held.get(copy.id)).toEqual({ password: 'S3cret' })
  })

  test.each([
    ['to another place', { deployment: { type: 'standalone', host: 'evil.example', port: 6379 } }],
    ['without the lock of production', { kind: 'development' }],
  ] as const)('takes none along %s', async (_name, change) => {
    const { profiles, secrets } = open()
    const first = await profiles.create(actor, given())
    const copy = given({
      profile: profileFor({ kind: 'production', ...change }),
      secrets: {},
      secretsOf: first.id,
    })
    await expect(profiles.create(actor, copy)).rejects.toThrow(
      refused('SECRETS_NEEDED', { secrets: ['password'] }),
    )
    expect(secrets.held.size).toBe(1)
    const { id } = await profiles.create(actor, {
      ...copy,
      secrets: { password: 'its own' },
      confirmation: 'Shop',
    })
    expect(secrets.held.get(id)).toEqual({ password: 'its own' })
  })
})

describe('a change', () => {
  test('of a name keeps the connection and the unlocking', async () => {
    const { profiles, opener, locks } = open()
    const { id } = await profiles.create(actor, given())
    locks.unlock(actor, id, { name: 'Shop', reason: 'a stuck import', minutes: 5 })
    await profiles.update(actor, id, changeOf({ profile: { name: 'Shop EU' } }))
    expect(opener.links).toHaveLength(1)
    expect(locks.stateOf(id).state).toBe('unlocked')
  })

  test('that leads elsewhere wants the secrets again, locks, and goes there', async () => {
    const { profiles, opener, locks, secrets } = open()
    const { id } = await profiles.create(actor, given())
    locks.unlock(actor, id, { name: 'Shop', reason: 'a stuck import', minutes: 5 })
    const elsewhere = { deployment: { type: 'standalone', host: 'b.example', port: 6379 } } as const
    await expect(profiles.update(actor, id, changeOf({ profile: elsewhere }))).rejects.toThrow(
      refused('SECRETS_NEEDED', { secrets: ['password'] }),
    )
    expect(locks.stateOf(id).state).toBe('unlocked')
    await profiles.update(
      actor,
      id,
      changeOf({ profile: elsewhere, secrets: { password: 'other' } }),
    )
    expect(secrets.held.get(id)).toEqual({ password: 'other' })
    expect(opener.targets.at(-1)?.profile).toMatchObject(elsewhere)
    expect(locks.stateOf(id).state).toBe('locked')
  })

  test('that drops the encryption wants the secrets again', async () => {
    const { profiles } = open()
    const { id } = await profiles.create(actor, given({ profile: profileFor({ tls: tlsFor() }) }))
    await expect(profiles.update(actor, id, changeOf({ profile: { tls: null } }))).rejects.toThrow(
      refused('SECRETS_NEEDED'),
    )
  })

  test('of the kind brings colour and lock', async () => {
    const { profiles } = open()
    const { id } = await profiles.create(actor, given({ profile: profileFor({ name: 'Shop' }) }))
    const { profile } = await profiles.update(
      actor,
      id,
      changeOf({ profile: { kind: 'production' } }),
    )
    expect(profile).toMatchObject({ kind: 'production', color: 'red', locked: true })
  })

  test('that takes protection away wants the name', async () => {
    const { profiles } = open()
    const { id } = await profiles.create(actor, given())
    const weaker = { kind: 'staging', locked: false } as const
    for (const confirmation of [undefined, 'shop']) {
      await expect(
        profiles.update(actor, id, changeOf({ profile: weaker, confirmation })),
      ).rejects.toThrow(refused('CONFIRMATION_NEEDED'))
    }
    const { lock } = await profiles.update(
      actor,
      id,
      changeOf({ profile: weaker, confirmation: 'Shop' }),
    )
    expect(lock.state).toBe('open')
  })

  test('is on record with what it was and what it became, without a secret', async () => {
    const { profiles, recorded } = open()
    const { id } = await profiles.create(actor, given())
    await profiles.update(
      actor,
      id,
      changeOf({
        profile: {
          name: 'Shop EU',
          deployment: { type: 'standalone', host: 'b.example', port: 6380 },
          username: 'marie',
          access: 'view-only',
          folder: 'Europe',
        },
        secrets: { password: 'An0ther' },
        confirmation: 'Shop',
      }),
    )
    const kept = recorded().map(({ details }) => JSON.parse(details) as Record<string, unknown>)
    expect(kept[0]).toMatchObject({ address: 'redis://127.0.0.1:6379/0' })
    expect(kept.at(-2)?.['changes']).toEqual({
      name: { from: 'Shop', to: 'Shop EU' },
      address: { from: 'redis://127.0.0.1:6379/0', to: 'redis://b.example:6380/0' },
      access: { from: 'full', to: 'view-only' },
    })
    expect(JSON.stringify(kept)).not.toMatch(/S3cret|An0ther/)
  })

  test('that does not hold names the fields', async () => {
    const { profiles } = open()
    const { id } = await profiles.create(actor, given())
    await expect(
      profiles.update(actor, id, changeOf({ profile: { color: 'blue' } })),
    ).rejects.toThrow(
      refused('PROFILE_INVALID', { issues: [{ path: ['color'], problem: 'production-is-red' }] }),
    )
  })

  test('of secrets says which there are', async () => {
    const { profiles } = open()
    const { id } = await profiles.create(actor, given())
    const changed = await profiles.update(
      actor,
      id,
      changeOf({ secrets: { password: null, sshKey: 'k' } }),
    )
    expect(changed.secrets).toEqual(['sshKey'])
  })
})

describe('a new password for another place', () => {
  const elsewhere = { deployment: { type: 'standalone', host: 'b.example', port: 6379 } } as const
  const moved = changeOf({ profile: elsewhere, secrets: { password: 'other' } })

  test('never goes to the old one, whatever connects while it is being changed', async () => {
    const { profiles, opener, store } = open()
    const { id } = await profiles.create(actor, given())
    await profiles.update(actor, id, changeOf({ profile: { tags: ['eu'] } }))
    const [old] = opener.targets
    const save = store.save.bind(store)
    let asked: unknown
    store.save = (saved) => {
      expect(opener.links[0]?.health().state).toBe('offline')
      opener.links[0]?.connect()
      asked = old?.secrets()
      save(saved)
    }
    await profiles.update(actor, id, moved)
    expect(await asked).toEqual({})
    expect(await old?.secrets()).toEqual({})
    expect(await opener.targets.at(-1)?.secrets()).toEqual({ password: 'other' })
    expect(opener.links.at(-1)?.health().state).toBe('ready')
  })

  test('is taken back when the profile cannot be saved', async () => {
    const { profiles, opener, secrets, store, registry } = open()
    const { id } = await profiles.create(actor, given())
    store.save = () => {
      throw new Error('the disk is full')
    }
    await expect(profiles.update(actor, id, moved)).rejects.toThrow('the disk is full')
    expect(secrets.held.get(id)).toEqual({})
    expect(registry.get(id).parts.link).toBe(opener.links[0])
    expect(opener.links[0]?.calls).toEqual(['connect', 'disconnect', 'connect'])
    expect(await opener.targets[0]?.secrets()).toEqual({})
  })

  test('that the keychain refuses leaves everything as it was', async () => {
    const { profiles, opener, secrets } = open()
    const { id } = await profiles.create(actor, given())
    secrets.fail = new Error('locked')
    await expect(profiles.update(actor, id, moved)).rejects.toThrow('locked')
    expect(opener.links[0]?.health().state).toBe('ready')
    expect(await opener.targets[0]?.secrets()).toEqual({ password: 'S3cret' })
  })

  test('that can neither be saved nor taken back leaves the old place without a connection', async () => {
    const { profiles, opener, secrets, store } = open()
    const { id } = await profiles.create(actor, given())
    store.save = () => {
      secrets.fail = new Error('locked')
      throw new Error('the disk is full')
    }
    await expect(profiles.update(actor, id, moved)).rejects.toThrow('locked')
    expect(opener.links[0]?.health().state).toBe('offline')
    expect(await opener.targets[0]?.secrets()).toEqual({})
  })
})

test('what is removed leaves no secret, and wants its name', async () => {
  const { profiles, registry, secrets, store } = open()
  const { id } = await profiles.create(actor, given())
  await expect(profiles.remove(actor, id, byName('shop'))).rejects.toThrow(
    refused('CONFIRMATION_NEEDED'),
  )
  await profiles.remove(actor, id, byName('Shop'))
  expect([registry.all(), store.list()]).toEqual([[], []])
  expect(secrets.held.size).toBe(0)
})

test('what the command line opened has no profile to change', async () => {
  const { profiles, registry } = open()
  registry.add({
    id: 'cli',
    profile: profileFor(),
    saved: false,
    demo: false,
    secrets: [],
    secretsKept: null,
  })
  await expect(profiles.update(actor, 'cli', changeOf({}))).rejects.toThrow(
    refused('ENVIRONMENT_NOT_SAVED'),
  )
  await expect(profiles.remove(actor, 'cli', byName('Test'))).rejects.toThrow(
    refused('ENVIRONMENT_NOT_SAVED'),
  )
  expect(profiles.detail('cli').profile).toEqual(profileFor())
})

test('a test of another place does not get the secrets that are kept', async () => {
  const { profiles, opener } = open()
  const { id } = await profiles.create(actor, given())
  const same = profileFor({ name: 'Renamed', kind: 'production' })
  const signal = new AbortController().signal
  for await (const _ of profiles.testProfile(
    { profile: same, secrets: {}, environment: id },
    signal,
  ));
  expect(await opener.targets.at(-1)?.secrets()).toEqual({ password: 'S3cret' })
  const profile = profileFor({ deployment: { type: 'standalone', host: 'evil.example', port: 1 } })
  expect(() => profiles.testProfile({ profile, secrets: {}, environment: id }, signal)).toThrow(
    refused('SECRETS_NEEDED'),
  )
})

describe('changes at the same time', () => {
  test('a slow one does not take back the protection that a quick one has given', async () => {
    const { profiles, registry, secrets } = open()
    const { id } = await profiles.create(actor, given())
    const write = secrets.write.bind(secrets)
    let written: (() => void) | undefined
    secrets.write = async (...parts) => {
      await new Promise<void>((resolve) => {
        written = resolve
      })
      return write(...parts)
    }
    const slow = profiles.update(
      actor,
      id,
      changeOf({ profile: { tags: ['eu'] }, secrets: { password: 'new' } }),
    )
    const quick = profiles.update(actor, id, changeOf({ profile: { access: 'view-only' } }))
    await vi.waitFor(() => expect(written).toBeDefined())
    await new Promise((resolve) => setImmediate(resolve))
    written?.()
    await Promise.all([slow, quick])
    expect(registry.get(id).profile).toMatchObject({ access: 'view-only', tags: ['eu'] })
  })
})

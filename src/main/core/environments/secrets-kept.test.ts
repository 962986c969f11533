import { describe, expect, test } from 'vitest'
import { ConsoleError } from '#shared/errors.ts'
import { memoryAudit } from '#test-support/audit.ts'
import { profileFor } from '#test-support/profiles.ts'
import { memoryProfiles, registryOf } from '#test-support/registry.ts'
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
  secrets: { password: 'S3cret' },
  keepSecrets: 'memory',
  ...change,
})

const changeOf = (change: Partial<ProfileChange>): ProfileChange => ({
  profile: {},
  secrets: {},
  ...change,
})

const refused = (code: string) => expect.objectContaining({ code })

describe('where secrets are kept', () => {
  test.each([
    ['memory', 'keychain'],
    ['keychain', 'memory'],
  ] as const)('changes by itself, from %s to %s', async (from, to) => {
    const { profiles, secrets, store, registry, recorded } = open()
    const { id } = await profiles.create(actor, given({ keepSecrets: from }))
    const { link } = registry.get(id).parts
    const moved = await profiles.update(actor, id, changeOf({ keepSecrets: to }))
    expect(moved).toMatchObject({ secrets: ['password'], secretsKept: to })
    expect(store.list()).toMatchObject([{ secrets: ['password'], secretsKept: to }])
    expect([secrets.held.get(id), secrets.keptIn.get(id)]).toEqual([{ password: 'S3cret' }, to])
    expect(registry.get(id).parts.link).toBe(link)
    expect(recorded().at(-2)?.details).toContain(`"secretsKept":"${to}"`)
  })

  test('stays as it is where nothing is said of it', async () => {
    const { profiles, secrets } = open()
    const { id } = await profiles.create(actor, given())
    await profiles.update(actor, id, changeOf({ profile: { tags: ['eu'] } }))
    expect(secrets.keptIn.get(id)).toBe('memory')
    const changed = await profiles.update(actor, id, changeOf({ secrets: { sshKey: 'k' } }))
    expect(changed).toMatchObject({ secrets: ['password', 'sshKey'], secretsKept: 'memory' })
    expect(secrets.keptIn.get(id)).toBe('memory')
  })

  test('stays where there is no keychain to move to, or the profile cannot be saved', async () => {
    const { profiles, secrets, store } = open()
    const { id } = await profiles.create(actor, given())
    secrets.fail = new Error('locked')
    const move = changeOf({ keepSecrets: 'keychain' })
    await expect(profiles.update(actor, id, move)).rejects.toThrow('locked')
    expect(profiles.detail(id).secretsKept).toBe('memory')
    secrets.fail = null
    store.save = () => {
      throw new Error('the disk is full')
    }
    await expect(profiles.update(actor, id, move)).rejects.toThrow('the disk is full')
    expect([profiles.detail(id).secretsKept, secrets.keptIn.get(id)]).toEqual(['memory', 'memory'])
  })

  test('is nowhere where there is none', async () => {
    const { profiles } = open()
    const { id } = await profiles.create(actor, given({ secrets: {} }))
    const { secretsKept } = await profiles.update(actor, id, changeOf({ keepSecrets: 'memory' }))
    expect(secretsKept).toBeNull()
  })
})

describe('without its keychain', () => {
  const leaving = { confirmation: 'Shop', leaveSecrets: true }

  test('an environment is deleted when its secrets may stay there, on record', async () => {
    const { profiles, registry, secrets, store, recorded } = open()
    const { id } = await profiles.create(actor, given({ keepSecrets: 'keychain' }))
    secrets.fail = new ConsoleError('KEYCHAIN_UNAVAILABLE', { problem: 'gone' })
    await expect(profiles.remove(actor, id, { ...leaving, leaveSecrets: false })).rejects.toThrow(
      refused('KEYCHAIN_UNAVAILABLE'),
    )
    expect(registry.has(id)).toBe(true)
    await profiles.remove(actor, id, leaving)
    expect([registry.all(), store.list()]).toEqual([[], []])
    expect(recorded().at(-2)?.details).toContain('"leaveSecrets":true')
  })

  test('nothing stays of secrets that are in memory', async () => {
    const { profiles, secrets } = open()
    const { id } = await profiles.create(actor, given())
    await profiles.remove(actor, id, leaving)
    expect(secrets.held.size).toBe(0)
  })

  test('its name is needed all the same', async () => {
    const { profiles, registry } = open()
    const { id } = await profiles.create(actor, given({ keepSecrets: 'keychain' }))
    await expect(profiles.remove(actor, id, { leaveSecrets: true })).rejects.toThrow(
      refused('CONFIRMATION_NEEDED'),
    )
    expect(registry.has(id)).toBe(true)
  })
})

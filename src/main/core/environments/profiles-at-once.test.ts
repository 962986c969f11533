import { describe, expect, test } from 'vitest'
import { memoryAudit } from '#test-support/audit.ts'
import { profileFor } from '#test-support/profiles.ts'
import { memoryProfiles, registryOf } from '#test-support/registry.ts'
import type { NewProfile, ProfileChange } from '../services.ts'
import { Environments } from './environments.ts'
import { Locks } from './locks.ts'
import type { SavedProfile } from './ports.ts'
import { Profiles } from './profiles.ts'

const actor = { operator: 'marie', via: 'http' } as const
const elsewhere = { deployment: { type: 'standalone', host: 'b.example', port: 6379 } } as const

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

const refused = (code: string, data: object = {}) =>
  expect.objectContaining({ code, data: expect.objectContaining(data) })

function open() {
  const { registry, opener, secrets } = registryOf()
  const { trail, log } = memoryAudit()
  const locks = new Locks({ registry, audit: trail, log })
  const environments = new Environments({ registry, locks, secrets, queueCount: () => 0 })
  const store = memoryProfiles()
  const profiles = new Profiles({ registry, environments, store, secrets, opener, audit: trail })
  return { profiles, registry, opener, secrets, store, locks }
}

/** As another console on the same data folder changes a profile. */
function changedElsewhere(
  { store }: ReturnType<typeof open>,
  change: Partial<SavedProfile['profile']>,
) {
  const [saved] = store.list()
  if (saved === undefined) throw new Error('nothing is saved')
  store.save({ ...saved, profile: { ...saved.profile, ...change } })
}

describe('what another console on the same data folder has changed', () => {
  test('is not undone by a change of something else', async () => {
    const console = open()
    const { profiles, store, locks } = console
    const { id } = await profiles.create(actor, given())
    changedElsewhere(console, { access: 'view-only' })
    await profiles.update(actor, id, changeOf({ profile: { tags: ['eu'] } }))
    expect(store.list()[0]?.profile).toMatchObject({ access: 'view-only', tags: ['eu'] })
    expect(locks.stateOf(id).state).toBe('view-only')
  })

  test('counts for what a change must be confirmed by', async () => {
    const console = open()
    const { profiles } = console
    const { id } = await profiles.create(actor, given())
    changedElsewhere(console, { access: 'view-only', name: 'Shop EU' })
    const weaker = { access: 'full' } as const
    await expect(
      profiles.update(actor, id, changeOf({ profile: weaker, confirmation: 'Shop' })),
    ).rejects.toThrow(refused('CONFIRMATION_NEEDED'))
    await expect(
      profiles.remove(actor, id, { confirmation: 'Shop', leaveSecrets: false }),
    ).rejects.toThrow(refused('CONFIRMATION_NEEDED'))
    await profiles.remove(actor, id, { confirmation: 'Shop EU', leaveSecrets: false })
  })

  test('is the place that secrets are kept for', async () => {
    const console = open()
    const { profiles } = console
    const { id } = await profiles.create(actor, given())
    changedElsewhere(console, elsewhere)
    const copy = given({
      profile: profileFor({ name: 'Copy', kind: 'production' }),
      secrets: {},
      secretsOf: id,
    })
    await expect(profiles.create(actor, copy)).rejects.toThrow(refused('SECRETS_NEEDED'))
  })

  test('may be that there is no such environment any more', async () => {
    const { profiles, registry, store } = open()
    const { id } = await profiles.create(actor, given())
    store.remove(id)
    await expect(
      profiles.update(actor, id, changeOf({ profile: { tags: ['eu'] } })),
    ).rejects.toThrow(refused('ENVIRONMENT_NOT_FOUND'))
    expect([registry.all(), store.list()]).toEqual([[], []])
  })
})

describe('secrets that become those of another place meanwhile', () => {
  const moved = changeOf({ profile: elsewhere, secrets: { password: 'other' } })

  test('are not tried at the place that was asked about', async () => {
    const { profiles, opener } = open()
    const { id } = await profiles.create(actor, given())
    const { signal } = new AbortController()
    const profile = profileFor({ name: 'Shop', kind: 'production' })
    const steps = profiles.testProfile({ profile, secrets: {}, environment: id }, signal)
    for await (const _ of steps);
    const asked = opener.targets.at(-1)
    await profiles.update(actor, id, moved)
    await expect(asked?.secrets()).rejects.toThrow(refused('SECRETS_NEEDED'))
  })

  test('are not copied to the old one', async () => {
    const { profiles, secrets } = open()
    const { id } = await profiles.create(actor, given())
    const changing = profiles.update(actor, id, moved)
    const copy = given({
      profile: profileFor({ name: 'Copy', kind: 'production' }),
      secrets: {},
      secretsOf: id,
    })
    await expect(profiles.create(actor, copy)).rejects.toThrow(refused('SECRETS_NEEDED'))
    await changing
    expect([...secrets.held.keys()]).toEqual([id])
  })
})

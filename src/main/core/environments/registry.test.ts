import { describe, expect, test } from 'vitest'
import { registryOf, setupFor } from '#test-support/registry.ts'
import type { Profile } from '#shared/contract/profiles.ts'

const shop = { name: 'Shop' }

test('a follower hears of those that are there, and of each that comes, changes or goes', async () => {
  const { registry } = registryOf(shop)
  const heard: string[] = []
  registry.follow({
    opened: ({ id, profile }) => heard.push(`opened ${id} ${profile.database}`),
    closed: ({ id, profile }) => heard.push(`closed ${id} ${profile.database}`),
  })
  registry.add(setupFor({ name: 'Blog' }))
  await registry.change(setupFor({ ...shop, database: 2 }), { newSecrets: false })
  await registry.remove('Blog')
  expect(heard).toEqual([
    'opened Shop 0',
    'opened Blog 0',
    'closed Shop 0',
    'opened Shop 2',
    'closed Blog 0',
  ])
})

const kept: Partial<Profile>[] = [
  { folder: 'Europe' },
  { tags: ['shop'] },
  { color: 'teal' },
  { locked: true },
  { access: 'view-only' },
  { connectAtStart: false },
]
test.each(kept)('a link outlives a change of %j', async (change) => {
  const { registry, opener } = registryOf(shop)
  expect(await registry.change(setupFor({ ...shop, ...change }), { newSecrets: false })).toBe(false)
  expect(opener.links).toHaveLength(1)
  expect(registry.get('Shop').profile).toMatchObject(change)
})

const opened: Partial<Profile>[] = [
  { deployment: { type: 'socket', path: '/run/redis.sock' } },
  { username: 'vigie' },
  { database: 3 },
  { prefixes: ['bull', 'shop'] },
  { budget: { commandsPerSecond: 500, bytesPerSecond: 1_000_000 } },
]
test.each(opened)('a change of %j opens it anew, connected as it was', async (change) => {
  const { registry, opener } = registryOf(shop)
  expect(await registry.change(setupFor({ ...shop, ...change }), { newSecrets: false })).toBe(true)
  expect(opener.links.map(({ calls }) => calls)).toEqual([['connect', 'close'], ['connect']])
})

test('new secrets open it anew, and what was disconnected stays so', async () => {
  const { registry, opener } = registryOf(shop)
  await registry.get('Shop').parts.link.disconnect()
  await registry.change(setupFor(shop), { newSecrets: true })
  expect(opener.links.at(-1)?.calls).toEqual([])
})

/** A change that is waiting for the old link to close. */
function closing() {
  const { registry, opener } = registryOf(shop)
  const [old] = opener.links
  if (old === undefined) throw new Error('no link was opened')
  let closed: (() => void) | undefined
  old.close = () =>
    new Promise((resolve) => {
      closed = resolve
    })
  const changing = registry.change(setupFor({ ...shop, database: 2 }), { newSecrets: false })
  return { registry, opener, changing, closed: () => closed?.() }
}

describe('while the old link of a changed environment closes', () => {
  test('the new setup holds already', async () => {
    const { registry, changing, closed } = closing()
    expect(registry.get('Shop').profile.database).toBe(2)
    closed()
    await changing
  })

  test('it can be removed, and neither comes back nor connects', async () => {
    const { registry, opener, changing, closed } = closing()
    await registry.remove('Shop')
    closed()
    await changing
    expect(registry.has('Shop')).toBe(false)
    expect(opener.links.at(-1)?.calls).toEqual(['close'])
  })
})

test('one that is not to be connected at the start is not', () => {
  expect(registryOf({ ...shop, connectAtStart: false }).opener.links[0]?.calls).toEqual([])
})

test('saved ones are put in order behind those of the command line', () => {
  const { registry } = registryOf({ name: 'A' }, { name: 'B' }, { name: 'C' })
  registry.add({ ...setupFor({ name: 'Demo' }), saved: false })
  registry.order(['C', 'nowhere', 'Demo'])
  expect(registry.all().map(({ id }) => id)).toEqual(['Demo', 'C', 'A', 'B'])
})

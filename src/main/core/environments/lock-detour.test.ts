import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Deployment, Profile } from '#shared/contract/profiles.ts'
import { anyProfile, profileFor, sshFor } from '#test-support/profiles.ts'
import { lockDetour, sharesQueues } from './lock-detour.ts'

const at = (host: string, port = 6379): Deployment => ({ type: 'standalone', host, port })
const cluster = (...hosts: string[]): Deployment => ({
  type: 'cluster',
  nodes: hosts.map((host) => ({ host, port: 6379 })),
})
const sentinels = (master: string, ...hosts: string[]): Deployment => ({
  type: 'sentinel',
  master,
  sentinels: hosts.map((host) => ({ host, port: 26_379 })),
  username: null,
  tls: false,
})
const socket = (path: string): Deployment => ({ type: 'socket', path })

const share = (one: Partial<Profile>, other: Partial<Profile>) =>
  sharesQueues(profileFor(one), profileFor(other))

test.each<[string, Partial<Profile>, Partial<Profile>]>([
  ['written otherwise', { deployment: at('DB.example.') }, { deployment: at('db.example') }],
  ['of this machine', { deployment: at('localhost') }, { deployment: at('127.0.0.1') }],
  ['with a node in common', { deployment: cluster('a', 'b') }, { deployment: cluster('b', 'c') }],
  ['as one node of a cluster', { deployment: at('b') }, { deployment: cluster('a', 'b') }],
  [
    'of the same sentinels',
    { deployment: sentinels('main', 'a') },
    { deployment: sentinels('main', 'b', 'a') },
  ],
  ['by a socket', { deployment: socket('/run/r') }, { deployment: socket('/run/r') }],
  ['as another user', { username: 'ada' }, { username: null }],
  ['with a prefix in common', { prefixes: ['bull', 'a'] }, { prefixes: ['b', 'bull'] }],
  [
    'through a tunnel and without',
    { deployment: at('db.example'), ssh: sshFor() },
    { deployment: at('db.example') },
  ],
])('a Redis %s has the same queues', (_, one, other) => {
  expect([share(one, other), share(other, one)]).toEqual([true, true])
})

test.each<[string, Partial<Profile>, Partial<Profile>]>([
  ['on another host', { deployment: at('a') }, { deployment: at('b') }],
  ['on another port', { deployment: at('a') }, { deployment: at('a', 6380) }],
  ['in another database', { database: 1 }, { database: 2 }],
  ['under another prefix', { prefixes: ['a'] }, { prefixes: ['b'] }],
  [
    'of another primary',
    { deployment: sentinels('one', 'a') },
    { deployment: sentinels('two', 'a') },
  ],
  ['by another socket', { deployment: socket('/run/r') }, { deployment: socket('/run/s') }],
  ['by a socket', { deployment: socket('/run/r') }, {}],
  ['at the end of a tunnel', { ssh: sshFor({ host: 'bastion' }) }, {}],
])('a Redis %s has others', (_, one, other) => {
  expect([share(one, other), share(other, one)]).toEqual([false, false])
})

test('any profile shares its queues with itself', () => {
  fc.assert(fc.property(anyProfile, (profile) => sharesQueues(profile, structuredClone(profile))))
})

const locked = { id: 'shop', profile: profileFor({ kind: 'production' }) }
const free = profileFor()
const detour = (after: Profile, before: Profile | null = null, id: string | null = null) =>
  lockDetour({ id, before, after }, [{ id: 'other', profile: free }, locked])?.id ?? null

test('a profile that is free to act where another is locked goes round the lock', () => {
  expect(detour(free)).toBe('shop')
  expect(detour(profileFor({ locked: true }))).toBeNull()
  expect(detour(profileFor({ access: 'view-only' }))).toBeNull()
  expect(detour(profileFor({ database: 1 }))).toBeNull()
})

test('view only is a lock for good, which a second profile must not lead around either', () => {
  const other = { id: 'for-all', profile: profileFor({ access: 'view-only' }) }
  expect(lockDetour({ id: null, before: null, after: free }, [other])?.id).toBe('for-all')
})

test('a change goes round a lock only where it comes to', () => {
  expect(detour(free, profileFor({ database: 1 }), 'mine')).toBe('shop')
  expect(detour(free, profileFor({ locked: true }), 'mine')).toBe('shop')
  expect(detour(profileFor({ name: 'New' }), free, 'mine')).toBeNull()
  expect(detour(free, locked.profile, 'shop')).toBeNull()
})

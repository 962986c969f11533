import { describe, expect, test } from 'vitest'
import type { Environment } from '#shared/contract/environments.ts'
import { byFolder, inOrder, matching } from './folders.ts'

const environment = (name: string, given: Partial<Environment> = {}): Environment => ({
  id: name,
  name,
  kind: 'development',
  color: 'blue',
  folder: null,
  tags: [],
  address: `redis://${name}.example.com:6379/0`,
  prefixes: ['bull'],
  saved: true,
  demo: false,
  lock: { state: 'open', until: null, by: null, reason: null },
  health: {
    environment: name,
    state: 'ready',
    reason: null,
    since: 0,
    lastAnswerAt: 0,
    nextTryAt: null,
    latency: 1,
    redisVersion: null,
    server: null,
  },
  queues: 0,
  ...given,
})
const names = (environments: readonly Environment[]) => environments.map(({ name }) => name)

describe('byFolder', () => {
  const all = [
    environment('shop-1', { folder: 'Shop' }),
    environment('laptop'),
    environment('blog', { folder: 'Blog' }),
    environment('shop-2', { folder: 'Shop' }),
  ]

  test('puts those outside any folder first, then each folder where its first one stands', () => {
    expect(byFolder(all).map(({ name, environments }) => [name, ...names(environments)])).toEqual([
      [null, 'laptop'],
      ['Shop', 'shop-1', 'shop-2'],
      ['Blog', 'blog'],
    ])
  })

  test('shows no folder that holds nothing', () => {
    expect(byFolder([environment('blog', { folder: 'Blog' })]).map(({ name }) => name)).toEqual([
      'Blog',
    ])
    expect(byFolder([])).toEqual([])
  })

  test('the keys that switch count what is seen from the top', () => {
    expect(names(inOrder(all))).toEqual(['laptop', 'shop-1', 'shop-2', 'blog'])
  })
})

describe('matching', () => {
  const all = [
    environment('Préproduction', { kind: 'staging', folder: 'Boutique' }),
    environment('eu-west', { kind: 'production', folder: 'Boutique', tags: ['billing'] }),
  ]

  test('finds by name, folder, tag, kind and address, whatever the accents and capitals', () => {
    expect(names(matching(all, 'PREPROD'))).toEqual(['Préproduction'])
    expect(names(matching(all, 'boutique'))).toEqual(['Préproduction', 'eu-west'])
    expect(names(matching(all, 'billing'))).toEqual(['eu-west'])
    expect(names(matching(all, 'west.example'))).toEqual(['eu-west'])
  })

  test('wants every part that was typed', () => {
    expect(names(matching(all, 'boutique staging'))).toEqual(['Préproduction'])
    expect(names(matching(all, 'boutique nothing'))).toEqual([])
    expect(names(matching(all, ' '))).toHaveLength(2)
  })
})

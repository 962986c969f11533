import { describe, expect, test } from 'vitest'
import type { Health, Lock } from '#shared/contract/connections.ts'
import type { Environment } from '#shared/contract/environments.ts'
import { changesBetween } from './changes.ts'

const environment = (
  id: string,
  health: Partial<Health> = {},
  lock: Lock['state'] = 'open',
): Environment => ({
  id,
  name: id,
  kind: 'staging',
  color: 'orange',
  folder: null,
  tags: [],
  address: 'redis://127.0.0.1:6379/0',
  prefixes: ['bull'],
  saved: true,
  demo: false,
  lock: { state: lock, until: null, by: null, reason: null },
  health: {
    environment: id,
    state: 'ready',
    reason: null,
    since: 0,
    lastAnswerAt: 0,
    nextTryAt: null,
    latency: 1,
    redisVersion: '7.0.15',
    server: '127.0.0.1:6379',
    ...health,
  },
  queues: 3,
})
const known = new Map([['a', '127.0.0.1:6379']])
const between = (before: Environment[], after: Environment[]) =>
  changesBetween(before, after, known)
const nothing = { locked: [], moved: [], lost: [], back: [] }
const away = { state: 'reconnecting', reason: 'timeout', server: null } as const

describe('changesBetween', () => {
  test('has nothing to tell when all stays, comes or goes', () => {
    expect(between([environment('a')], [environment('a')])).toEqual(nothing)
    expect(between([], [environment('a', away)])).toEqual(nothing)
    expect(between([environment('a')], [])).toEqual(nothing)
  })

  test('tells what was lost and what is back', () => {
    const [ready, lost] = [environment('a'), environment('a', away)]
    expect(between([ready], [lost])).toEqual({ ...nothing, lost: [lost] })
    expect(between([lost], [ready])).toEqual({ ...nothing, back: [ready] })
  })

  test('does not call lost what was disconnected, or what was never there', () => {
    const offline = environment('a', { state: 'offline', reason: 'disconnected', server: null })
    expect(between([environment('a')], [offline])).toEqual(nothing)
    const connecting = environment('a', { state: 'connecting', server: null })
    expect(between([connecting], [environment('a', away)])).toEqual(nothing)
  })

  test('tells that another server answers, also after a while without any', () => {
    const moved = environment('a', { server: '127.0.0.1:6380' })
    const news = [{ environment: moved, from: '127.0.0.1:6379', to: '127.0.0.1:6380' }]
    expect(between([environment('a')], [moved]).moved).toEqual(news)
    expect(between([environment('a', away)], [moved]).moved).toEqual(news)
    expect(changesBetween([environment('a', away)], [moved], new Map()).moved).toEqual([])
  })

  test('tells what is locked again', () => {
    const locked = environment('a', {}, 'locked')
    expect(between([environment('a', {}, 'unlocked')], [locked]).locked).toEqual([locked])
    expect(between([environment('a', {}, 'open')], [locked]).locked).toEqual([])
  })
})

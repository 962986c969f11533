import * as fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { memoryAudit } from '#test-support/audit.ts'
import { registryOf } from '#test-support/registry.ts'
import { Locks } from './locks.ts'

const actor = { operator: 'marie', via: 'desktop' } as const
const unlocking = { name: 'Shop', reason: 'a stuck import', minutes: 15 }
const minute = 60_000

function open(profile: Parameters<typeof registryOf>[0] = {}) {
  const { registry } = registryOf({ name: 'Shop', kind: 'production', ...profile })
  const { trail, store, log, database } = memoryAudit()
  const clock = { wall: 1_000_000, steady: 0 }
  const locks = new Locks({
    registry,
    audit: trail,
    log,
    clock: { wall: () => clock.wall, steady: () => clock.steady },
  })
  const pass = (milliseconds: number) => {
    clock.wall += milliseconds
    clock.steady += milliseconds
  }
  const recorded = () =>
    store
      .after(0, 100)
      .map(({ action, kind, result }) => [action, kind, result].filter(Boolean).join(' '))
  return { locks, registry, clock, pass, recorded, store, database }
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
})
afterEach(() => {
  vi.useRealTimers()
})

test('production is locked until its name is typed, and locks again when the time is over', () => {
  const { locks, pass } = open()
  expect(locks.stateOf('Shop').state).toBe('locked')
  const lock = locks.unlock(actor, 'Shop', unlocking)
  expect(lock).toEqual({
    state: 'unlocked',
    until: 1_000_000 + 15 * minute,
    by: 'marie',
    reason: 'a stuck import',
  })
  pass(15 * minute - 1)
  expect(locks.stateOf('Shop').state).toBe('unlocked')
  pass(1)
  expect(locks.stateOf('Shop').state).toBe('locked')
})

test('another name opens nothing, and the try is on record', () => {
  const { locks, recorded } = open()
  for (const name of ['shop', 'Shop 2', '', ' ']) {
    expect(() => locks.unlock(actor, 'Shop', { ...unlocking, name })).toThrow(
      expect.objectContaining({ code: 'CONFIRMATION_NEEDED' }),
    )
  }
  expect(locks.stateOf('Shop').state).toBe('locked')
  expect(recorded()).toEqual(
    Array.from({ length: 4 }, () => 'environments.unlock refusal CONFIRMATION_NEEDED'),
  )
})

test('view only cannot be unlocked', () => {
  const { locks, recorded } = open({ access: 'view-only' })
  expect(locks.stateOf('Shop').state).toBe('view-only')
  expect(() => locks.unlock(actor, 'Shop', unlocking)).toThrow(
    expect.objectContaining({ code: 'ENVIRONMENT_READ_ONLY' }),
  )
  expect(recorded()).toEqual(['environments.unlock refusal ENVIRONMENT_READ_ONLY'])
})

test('what never locks stays open, and staging may opt in', () => {
  expect(open({ kind: 'development' }).locks.stateOf('Shop').state).toBe('open')
  expect(open({ kind: 'staging' }).locks.stateOf('Shop').state).toBe('open')
  expect(open({ kind: 'staging', locked: true }).locks.stateOf('Shop').state).toBe('locked')
})

test('nothing is unlocked of which there is no record', () => {
  const { locks, database } = open()
  database.close()
  expect(() => locks.unlock(actor, 'Shop', unlocking)).toThrow(
    expect.objectContaining({ code: 'AUDIT_UNAVAILABLE' }),
  )
  expect(locks.stateOf('Shop').state).toBe('locked')
})

describe('it locks again', () => {
  const cases: [string, string, (opened: ReturnType<typeof open>) => unknown][] = [
    ['at once when asked', 'operator', ({ locks }) => locks.lock(actor, 'Shop')],
    ['when the machine sleeps', 'sleep', ({ locks }) => locks.lockAll('sleep')],
    ['with the console', 'quit', ({ locks }) => locks.close()],
    ['when the environment is removed', 'profile', ({ registry }) => registry.remove('Shop')],
    [
      'when the machine slept unnoticed',
      'sleep',
      ({ clock }) => {
        clock.wall += minute
        vi.advanceTimersByTime(1000)
      },
    ],
    [
      'when the wall clock was set back',
      'time',
      ({ clock }) => {
        clock.wall -= 1000 * minute
        clock.steady += 15 * minute
        vi.advanceTimersByTime(1000)
      },
    ],
  ]
  test.each(cases)('%s', (_name, why, act) => {
    const opened = open()
    opened.locks.unlock(actor, 'Shop', unlocking)
    act(opened)
    const state = opened.registry.has('Shop') ? opened.locks.stateOf('Shop').state : 'gone'
    expect(['locked', 'gone']).toContain(state)
    const last = opened.store.after(0, 100).findLast(({ kind }) => kind === 'intent')
    expect(last).toMatchObject({ action: 'environments.lock', operator: 'marie' })
    expect(JSON.parse(last?.details ?? '{}')).toMatchObject({ why })
  })
})

test('listeners hear of unlocking and of locking by itself', () => {
  const { locks, pass } = open()
  const heard: string[] = []
  locks.onChange(() => heard.push(locks.stateOf('Shop').state))
  locks.unlock(actor, 'Shop', unlocking)
  for (let second = 0; second < 15 * 60; second += 1) {
    pass(1000)
    vi.advanceTimersByTime(1000)
  }
  expect(heard).toEqual(['unlocked', 'locked'])
})

test('however clocks move, it is never unlocked longer than was asked by either', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.integer({ min: -3_600_000, max: 3_600_000 }), fc.nat(3_600_000))),
      (steps) => {
        const { locks, clock } = open()
        locks.unlock(actor, 'Shop', unlocking)
        const { wall, steady } = clock
        for (const [wallStep, steadyStep] of steps) {
          clock.wall += wallStep
          clock.steady += steadyStep
          const over = clock.wall - wall >= 15 * minute || clock.steady - steady >= 15 * minute
          expect(over && locks.stateOf('Shop').state === 'unlocked').toBe(false)
        }
        locks.close()
      },
    ),
    { numRuns: 30 },
  )
})

test.each([
  ['becomes production', { kind: 'staging', locked: true }, { kind: 'production', locked: true }],
  ['is view only for a while', {}, { access: 'view-only' }],
] as const)('what is unlocked locks when its profile %s', async (_, before, change) => {
  const { locks, registry } = open(before)
  const { profile, ...setup } = registry.get('Shop')
  locks.unlock(actor, 'Shop', unlocking)
  await registry.change({ ...setup, profile: { ...profile, tags: ['eu'] } }, { newSecrets: false })
  expect(locks.stateOf('Shop').state).toBe('unlocked')
  const changed = { ...profile, ...change }
  await registry.change({ ...setup, profile: changed }, { newSecrets: false })
  await registry.change(
    { ...setup, profile: { ...changed, access: 'full' } },
    { newSecrets: false },
  )
  expect(locks.stateOf('Shop').state).toBe('locked')
})

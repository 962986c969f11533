import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  connectionReasonSchema,
  connectionStateSchema,
  isReadable,
  lockSchema,
} from '../contract/connections.ts'
import { jobActionSchema } from '../contract/jobs.ts'
import { actionRefusal } from './action-refusal.ts'

const may = { allowed: true, missing: [] }
const mayNot = { allowed: false, missing: ['evalsha', 'bull:*'] }
const untold = { allowed: null, missing: [] }
const free = {
  lock: { state: 'open' },
  health: { state: 'ready', reason: null },
  rights: { user: 'vigie', role: 'primary', retry: may, remove: may },
} as const

describe('actionRefusal', () => {
  test('has nothing against an action where nothing is known against it', () => {
    expect(actionRefusal('retry', free)).toBeNull()
    expect(actionRefusal('retry', { ...free, lock: { state: 'unlocked' } })).toBeNull()
    expect(actionRefusal('retry', { ...free, rights: undefined })).toBeNull()
    const rights = { user: null, role: null, retry: untold, remove: untold }
    expect(actionRefusal('remove', { ...free, rights })).toBeNull()
    const slow = { state: 'degraded', reason: 'latency' } as const
    expect(actionRefusal('remove', { ...free, health: slow })).toBeNull()
  })

  test('names the lock, which can be opened, apart from what cannot', () => {
    expect(actionRefusal('retry', { ...free, lock: { state: 'locked' } })).toEqual({
      because: 'locked',
    })
    expect(actionRefusal('retry', { ...free, lock: { state: 'view-only' } })).toEqual({
      because: 'view-only',
    })
  })

  test('names what the Redis user lacks for this action alone', () => {
    const rights = { ...free.rights, remove: mayNot }
    expect(actionRefusal('retry', { ...free, rights })).toBeNull()
    expect(actionRefusal('remove', { ...free, rights })).toEqual({
      because: 'rights',
      user: 'vigie',
      missing: ['evalsha', 'bull:*'],
    })
  })

  test('asks nobody to unlock where unlocking would not help', () => {
    const lock = { state: 'locked' } as const
    const rights = { ...free.rights, retry: mayNot }
    expect(actionRefusal('retry', { ...free, lock, rights })?.because).toBe('rights')
    const replica = { ...free.rights, role: 'replica' } as const
    expect(actionRefusal('retry', { ...free, lock, rights: replica })?.because).toBe('replica')
    const health = { state: 'reconnecting', reason: 'timeout' } as const
    expect(actionRefusal('retry', { ...free, lock, health })).toEqual({
      because: 'away',
      ...health,
    })
  })

  test('a replica that has lost its primary is told as that, though its role may not be known', () => {
    const health = { state: 'degraded', reason: 'replication' } as const
    expect(actionRefusal('retry', { ...free, health })).toEqual({ because: 'replication' })
  })

  test('lets nothing through that is locked, away or not allowed', () => {
    const right = fc.constantFrom(may, mayNot, untold)
    fc.assert(
      fc.property(
        fc.constantFrom(...jobActionSchema.options),
        fc.record({
          lock: fc.record({ state: fc.constantFrom(...lockSchema.shape.state.options) }),
          health: fc.record({
            state: fc.constantFrom(...connectionStateSchema.options),
            reason: fc.option(fc.constantFrom(...connectionReasonSchema.options)),
          }),
          rights: fc.record({
            user: fc.constant('vigie'),
            role: fc.constantFrom('primary' as const, 'replica' as const, null),
            retry: right,
            remove: right,
          }),
        }),
        (action, situation) => {
          const { lock, health, rights } = situation
          const free =
            (lock.state === 'open' || lock.state === 'unlocked') &&
            isReadable(health) &&
            health.reason !== 'replica' &&
            health.reason !== 'replication' &&
            rights.role !== 'replica' &&
            rights[action].allowed !== false
          expect(actionRefusal(action, situation) === null).toBe(free)
        },
      ),
    )
  })
})

import { describe, expect, test } from 'vitest'
import type { Lock, Rights } from '#shared/contract/connections.ts'
import { unknownRights } from '#test-support/registry.ts'
import { environmentRefusal, existingJob, jobRefusal } from './guard.ts'
import { mostChildren, type JobFacts, type QueueFacts } from './ports.ts'

const request = { environment: 'staging', queue: 'mail', job: '7' }
const queueOf = (change: Partial<QueueFacts> = {}): QueueFacts => ({
  exists: true,
  version: 'bullmq:6.7.0',
  paused: false,
  waiting: 3,
  pausedList: 0,
  acrossSlots: false,
  ...change,
})
const jobOf = (change: Partial<JobFacts> = {}): JobFacts => ({
  name: 'send',
  state: 'failed',
  attemptsMade: 3,
  attemptsAllowed: 3,
  priority: 0,
  addedAt: 1,
  startedAt: 2,
  finishedAt: 3,
  error: 'no',
  dataSize: 2,
  dataDigest: null,
  locked: false,
  scheduler: null,
  parent: null,
  children: { count: 0, keys: [], active: null, acrossSlots: null },
  ...change,
})

const keys = ['bull:seo:8', 'bull:seo:9']

const lockOf = (state: Lock['state']): Lock => ({ state, until: null, by: null, reason: null })

const refusalOf = (state: Lock['state'], rights: Partial<Rights> = {}) =>
  environmentRefusal('retry', { id: 'x', lock: lockOf(state) }, { ...unknownRights, ...rights })

describe('an environment', () => {
  test.each([
    ['open', null],
    ['unlocked', null],
    ['locked', 'ENVIRONMENT_LOCKED'],
    ['view-only', 'ENVIRONMENT_READ_ONLY'],
  ] as const)('that is %s: %j', (state, code) => {
    expect(refusalOf(state)?.code ?? null).toBe(code)
  })

  test('on a replica is read-only, whatever its lock: nobody is asked to unlock in vain', () => {
    expect(refusalOf('unlocked', { role: 'replica' })?.code).toBe('ENVIRONMENT_READ_ONLY')
    expect(refusalOf('locked', { role: 'replica' })?.code).toBe('ENVIRONMENT_READ_ONLY')
  })

  test('refuses what its Redis user may not do, and leaves to Redis what nobody can tell', () => {
    const missing = ['eval', 'bull:*']
    expect(refusalOf('open', { retry: { allowed: false, missing } })).toMatchObject({
      code: 'PERMISSION_DENIED',
      data: { environment: 'x', command: 'eval, bull:*' },
    })
    expect(refusalOf('open', { retry: { allowed: null, missing: [] } })).toBeNull()
    expect(refusalOf('open', { remove: { allowed: false, missing } })).toBeNull()
  })
})

describe('what is missing', () => {
  test('is the job, or the whole queue', () => {
    for (const [exists, code] of [
      [true, 'JOB_NOT_FOUND'],
      [false, 'QUEUE_NOT_FOUND'],
    ] as const) {
      expect(() => existingJob({ queue: queueOf({ exists }), job: null }, request)).toThrow(
        expect.objectContaining({ code }),
      )
    }
  })
})

describe('a retry', () => {
  test.each([
    ['failed', null],
    ['completed', null],
    ['active', 'JOB_STATE_CHANGED'],
    ['waiting', 'JOB_STATE_CHANGED'],
    ['prioritized', 'JOB_STATE_CHANGED'],
    ['delayed', 'JOB_STATE_CHANGED'],
    ['waiting-children', 'JOB_STATE_CHANGED'],
    ['unknown', 'JOB_STATE_CHANGED'],
  ] as const)('of a job that is %s: %j', (state, code) => {
    expect(jobRefusal('retry', request, queueOf(), jobOf({ state }))?.code ?? null).toBe(code)
  })

  test('asks neither for a lock, a schedule nor a waiting parent: it is safe with all of them', () => {
    const job = jobOf({
      locked: true,
      scheduler: { id: 'nightly', pending: true },
      parent: { queue: 'seo', job: '1', counting: true, acrossSlots: false },
    })
    expect(jobRefusal('retry', request, queueOf(), job)).toBeNull()
  })
})

describe('a removal', () => {
  test.each([
    [{}, null],
    [{ locked: true }, 'JOB_ACTIVE'],
    [
      { children: { count: 2, keys, active: { queue: 'seo', job: '9' }, acrossSlots: null } },
      'JOB_ACTIVE',
    ],
    [{ children: { count: 2, keys, active: null, acrossSlots: null } }, null],
    [{ children: { count: mostChildren, keys, active: null, acrossSlots: null } }, null],
    [
      { children: { count: mostChildren + 1, keys: [], active: null, acrossSlots: null } },
      'JOB_FAMILY_TOO_LARGE',
    ],
    [{ scheduler: { id: 'nightly', pending: true } }, 'JOB_OWNED_BY_SCHEDULER'],
    [{ scheduler: { id: 'nightly', pending: false } }, null],
    [
      { parent: { queue: 'seo', job: '1', counting: true, acrossSlots: false } },
      'JOB_PARENT_WAITING',
    ],
    [{ parent: { queue: 'seo', job: '1', counting: false, acrossSlots: false } }, null],
    [
      { children: { count: 2, keys, active: null, acrossSlots: { queue: 'seo', job: '9' } } },
      'JOB_ACROSS_SLOTS',
    ],
    [{ state: 'unknown' }, null],
  ] as const)('of a job with %j: %j', (change, code) => {
    expect(jobRefusal('remove', request, queueOf(), jobOf(change))?.code ?? null).toBe(code)
  })
})

describe.each(['retry', 'remove'] as const)('%s', (action) => {
  test('is refused when the job is not where the operator saw it', () => {
    const refusal = jobRefusal(
      action,
      { ...request, expectedState: 'failed' },
      queueOf(),
      jobOf({ state: 'completed' }),
    )
    expect(refusal).toMatchObject({
      code: 'JOB_STATE_CHANGED',
      data: { job: '7', expected: 'failed', actual: 'completed' },
    })
  })

  test('is refused where keys lie in several slots: of the queue, or of the job and its parent', () => {
    expect(jobRefusal(action, request, queueOf({ acrossSlots: true }), jobOf())).toMatchObject({
      code: 'QUEUE_ACROSS_SLOTS',
      data: { queue: 'mail' },
    })
    const parent = { queue: '{seo}', job: '1', counting: false, acrossSlots: true }
    expect(jobRefusal(action, request, queueOf(), jobOf({ parent }))).toMatchObject({
      code: 'JOB_ACROSS_SLOTS',
      data: { queue: 'mail', job: '7', other: '{seo}' },
    })
  })

  test('is refused on a mixed pause and on a version without scripts, that first', () => {
    const mixed = queueOf({ pausedList: 1 })
    expect(jobRefusal(action, request, mixed, jobOf())?.code).toBe('QUEUE_PAUSE_MIXED')
    expect(
      jobRefusal(action, request, { ...mixed, version: 'bullmq:4.1.0' }, jobOf()),
    ).toMatchObject({ code: 'QUEUE_UNSUPPORTED', data: { queue: 'mail', version: '4.1.0' } })
  })
})

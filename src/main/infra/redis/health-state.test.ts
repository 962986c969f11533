import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  connectionReasonSchema,
  healthSchema,
  type ConnectionReason,
} from '#shared/contract/connections.ts'
import { HealthState, initialHealth, nextHealth, type HealthEvent } from './health-state.ts'

const reason: fc.Arbitrary<ConnectionReason> = fc.constantFrom(...connectionReasonSchema.options)
const server = fc.constantFrom('127.0.0.1:6379', '[::1]:7000', '/run/redis.sock')
const event: fc.Arbitrary<HealthEvent> = fc.oneof(
  fc.constantFrom<HealthEvent>(
    { type: 'connecting' },
    { type: 'trying' },
    { type: 'silent' },
    { type: 'disconnected' },
  ),
  fc.record({ type: fc.constant('loading' as const), server }),
  fc.record({
    type: fc.constant('answered' as const),
    latency: fc.double({ min: 0, max: 10_000, noNaN: true }),
    limit: fc.option(
      fc.constantFrom<ConnectionReason>('busy', 'replication', 'memory', 'replica', 'latency'),
      { nil: null },
    ),
    server,
    version: fc.option(fc.constant('7.0.15'), { nil: null }),
  }),
  fc.record({
    type: fc.constant('lost' as const),
    reason,
    refused: fc.boolean(),
    nextTryAt: fc.integer({ min: 1, max: 1_000_000 }),
  }),
)

const after = (...events: HealthEvent[]) =>
  events.reduce((health, each, at) => nextHealth(health, each, at + 1), initialHealth('prod', 0))

const answered: HealthEvent = {
  type: 'answered',
  latency: 1.5,
  limit: null,
  server: '127.0.0.1:6379',
  version: '7.0.15',
}
const lost = (reason: ConnectionReason, refused = false): HealthEvent => ({
  type: 'lost',
  reason,
  refused,
  nextTryAt: 99,
})

test('what never connected is offline for no reason', () => {
  expect(after()).toMatchObject({ state: 'offline', reason: null, since: 0, lastAnswerAt: null })
})

test.each([
  [[{ type: 'connecting' }], { state: 'connecting', reason: null }],
  [[{ type: 'connecting' }, answered], { state: 'ready', reason: null, server: '127.0.0.1:6379' }],
  [[{ ...answered, limit: 'replica' }], { state: 'degraded', reason: 'replica', latency: 1.5 }],
  [[{ type: 'loading', server: 'a:1' }], { state: 'loading', reason: 'loading', server: 'a:1' }],
  [[answered, lost('closed')], { state: 'reconnecting', reason: 'closed', nextTryAt: 99 }],
  [[answered, lost('closed'), { type: 'trying' }], { state: 'reconnecting', nextTryAt: null }],
  [[lost('authentication', true)], { state: 'refused', reason: 'authentication', nextTryAt: 99 }],
  // Redis is there and said why it could not let us in just now.
  [[lost('loading')], { state: 'loading', reason: 'loading', nextTryAt: 99 }],
  [[lost('busy')], { state: 'degraded', reason: 'busy', nextTryAt: 99 }],
  [
    [answered, { type: 'silent' }],
    { state: 'degraded', reason: 'latency', server: '127.0.0.1:6379' },
  ],
  [
    [{ ...answered, limit: 'replica' }, { type: 'silent' }],
    { state: 'degraded', reason: 'replica' },
  ],
  [[answered, { type: 'silent' }, answered], { state: 'ready', reason: null }],
  [[answered, { type: 'disconnected' }], { state: 'offline', reason: 'disconnected' }],
] satisfies [HealthEvent[], object][])('%j comes to %j', (events, expected) => {
  expect(after(...events)).toMatchObject(expected)
})

test('what is known of the server outlasts its loss, what was measured does not', () => {
  expect(after(answered, lost('timeout'))).toMatchObject({
    lastAnswerAt: 1,
    redisVersion: '7.0.15',
    latency: null,
    server: null,
  })
})

test('every history is what the contract says', () => {
  fc.assert(
    fc.property(fc.array(event, { maxLength: 20 }), (events) => {
      let health = initialHealth('prod', 0)
      for (const [at, each] of events.entries()) {
        const next = nextHealth(health, each, at + 1)
        expect(healthSchema.parse(next)).toEqual(next)
        const lasts = next.state === health.state && next.reason === health.reason
        expect(next.since).toBe(lasts ? health.since : at + 1)
        const { state, reason, nextTryAt, server } = next
        // A reason wherever something is wrong, and none where all is well.
        const wrong = ['degraded', 'loading', 'reconnecting', 'refused'].includes(state)
        expect(reason !== null || !wrong).toBe(true)
        expect(reason === null || !['ready', 'connecting'].includes(state)).toBe(true)
        expect(nextTryAt === null || wrong).toBe(true)
        const told = 'server' in each ? each.server : null
        const same = ['trying', 'silent'].includes(each.type)
        expect(server).toBe(same ? health.server : told)
        health = next
      }
    }),
  )
})

test('listeners hear of each event until they stop, and of nothing after closing', () => {
  const health = new HealthState('prod')
  const heard: string[] = []
  const stop = health.onChange(({ state }) => heard.push(`one ${state}`))
  health.onChange(({ state }) => heard.push(`two ${state}`))
  health.apply({ type: 'connecting' })
  stop()
  health.apply(answered)
  health.apply(answered)
  health.close()
  health.apply({ type: 'disconnected' })
  expect(heard).toEqual(['one connecting', 'two connecting', 'two ready', 'two ready'])
  expect(health.current().state).toBe('offline')
})

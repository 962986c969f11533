import { setTimeout as pause } from 'node:timers/promises'
import { describe, expect, test, vi } from 'vitest'
import { actingOn, through } from '#test-support/faults/acting.ts'
import { useStage } from '#test-support/faults/stage.ts'

const stage = useStage()

describe.concurrent('with actions under way', { timeout: 90_000 }, () => {
  test('Redis is killed, and started again', async () => {
    const acting = await actingOn(stage)
    const { server, environment } = acting
    const { row, tally } = await through(acting, {
      begin: () => server.kill(),
      seen: (began) => environment.reaches({ state: 'reconnecting', reason: 'refused' }, began),
      end: () => server.start(),
    })
    expect(tally.refused).toBeGreaterThan(0)
    stage.record({ order: 30, fault: 'kill -9 of Redis; started again', ...row })
  })

  test('its connections are killed', async () => {
    const acting = await actingOn(stage)
    const { environment, redis } = acting
    const { row, tally } = await through(acting, {
      async begin() {
        const began = Date.now()
        // Once may pass unseen between two looks.
        for (let seen = false; !seen;) {
          await redis.call('client', 'KILL', 'TYPE', 'normal')
          await pause(100)
          seen = environment.statesSince(began).some((state) => state.startsWith('reconnecting'))
        }
      },
      seen: (began) => environment.reaches({ state: 'reconnecting', reason: 'closed' }, began),
      end: () => Promise.resolve(),
    })
    expect(tally.done).toBeGreaterThan(0)
    stage.record({ order: 40, fault: 'CLIENT KILL TYPE normal', ...row })
  })

  test('Redis does nothing for four seconds', async () => {
    const acting = await actingOn(stage, ['enable-debug-command yes'])
    const { environment } = acting
    const other = stage.client({ port: acting.server.port })
    let sleeping: Promise<unknown> = Promise.resolve()
    const { row, tally } = await through(acting, {
      begin: async () => void (sleeping = other.call('DEBUG', 'SLEEP', '4')),
      seen: (began) => environment.reaches({ state: 'degraded', reason: 'latency' }, began),
      end: () => sleeping,
    })
    // It was waited for: nothing was given up.
    expect(tally.unknown).toBe(0)
    stage.record({ order: 50, fault: 'DEBUG SLEEP 4', ...row })
  })

  test('Redis reads its data, after it was killed', async () => {
    const acting = await actingOn(stage, [
      'key-load-delay 10000',
      'loading-process-events-interval-bytes 1024',
    ])
    const { environment, redis, server } = acting
    const large = redis.pipeline()
    for (let index = 0; index < 400; index += 1) large.set(`other:${index}`, 'x'.repeat(1024))
    await large.exec()
    // What is in the file that a rewrite leaves is read with looks at the connections in between.
    await redis.bgrewriteaof()
    await vi.waitFor(async () => {
      expect(await redis.info('persistence')).toMatch(/aof_rewrite_in_progress:0/)
      expect(await redis.info('persistence')).toMatch(/aof_rewrite_scheduled:0/)
    }, 30_000)
    const { row, tally } = await through(acting, {
      async begin() {
        await server.kill()
        await server.start({ loading: true })
      },
      seen: (began) => environment.reaches({ state: 'loading', reason: 'loading' }, began),
      end: () => vi.waitFor(() => redis.ping(), 60_000),
    })
    expect(tally.refused).toBeGreaterThan(0)
    stage.record({ order: 140, fault: 'LOADING after a kill', ...row })
  })

  test('a script keeps Redis busy', async () => {
    const acting = await actingOn(stage, ['busy-reply-threshold 200'])
    const { environment, server } = acting
    const [endless, other] = [1, 2].map(() => stage.client({ port: server.port }))
    await other?.ping()
    const { row, tally } = await through(acting, {
      begin: async () => void endless?.eval('while true do end', 0).catch(() => {}),
      seen: (began) => environment.reaches({ state: 'degraded', reason: 'busy' }, began),
      end: async () => other?.script('KILL'),
    })
    expect(tally.refused).toBeGreaterThan(0)
    stage.record({ order: 150, fault: 'BUSY with a script; killed', ...row })
  })
})

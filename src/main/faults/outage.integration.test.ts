import { describe, expect, test } from 'vitest'
import { at, useStage } from '#test-support/faults/stage.ts'
import { StreamOfActions } from '#test-support/faults/stream-of-actions.ts'
import { FailingWork } from '#test-support/faults/work.ts'

const stage = useStage()

/** A Redis with failed jobs, and an environment that is ready. */
async function acting(extra: readonly string[] = []) {
  const server = await stage.redis(extra)
  const redis = stage.client({ port: server.port })
  const work = await FailingWork.start(redis, 120)
  const environment = await stage.environment(at(server.port))
  await environment.recovers(0)
  return { server, redis, work, environment, actions: new StreamOfActions(environment, work) }
}

describe.concurrent('with actions under way', { timeout: 90_000 }, () => {
  test('Redis is killed, and started again', async () => {
    const { server, environment, actions } = await acting()
    actions.start()
    await actions.answered(10)
    const began = Date.now()
    await server.kill()
    const seen = await environment.reaches({ state: 'reconnecting', reason: 'refused' }, began)
    await actions.answered(10)
    await server.start()
    const ended = Date.now()
    const back = await environment.recovers(ended)
    await actions.answered(10)
    const tally = await actions.expectNoneLostOrTwice()
    expect(tally.refused).toBeGreaterThan(0)
    stage.record({
      order: 30,
      fault: 'kill -9 of Redis, started again',
      seen: environment.statesSince(began),
      seenAfter: seen - began,
      backAfter: back - ended,
      actions: tally,
    })
  })
})

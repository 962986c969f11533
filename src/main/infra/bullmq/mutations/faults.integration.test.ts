import { describe, expect, onTestFinished, test, vi } from 'vitest'
import {
  actor,
  addFailed,
  applicationOf,
  contentOf,
  environment,
  openDoor,
  placesOf,
  runUntil,
  standings,
  type Application,
} from '#test-support/actions.ts'
import { redisUrl } from '#test-support/redis-url.ts'
import { startTestRedis } from '#test-support/redis.ts'
import { startTcpProxy } from '#test-support/tcp-proxy.ts'

/** An application on the shared Redis, and a door that reaches it through a proxy. */
async function behindProxy(major: 5 | 6, options: Parameters<typeof openDoor>[1] = {}) {
  const url = redisUrl()
  const proxy = await startTcpProxy({ port: Number(new URL(url).port) })
  onTestFinished(() => proxy.stop())
  const application = applicationOf(major, url)
  return {
    proxy,
    application,
    ...(await openDoor(`redis://127.0.0.1:${proxy.port}`, options)),
  }
}

const requestFor = (application: Application, job: string) => ({
  environment,
  queue: application.name,
  job,
  resetAttempts: false,
})
const reached = (application: Application, place: string, job: string) =>
  vi.waitFor(async () => {
    expect((await placesOf(application.redis, application.name))[place]).toContain(job)
  })

/** How often the queue's event stream says that the job went from failed to waiting. */
async function timesRetried({ redis, name }: Application, job: string): Promise<number> {
  const events = await redis.xrange(`bull:${name}:events`, '-', '+')
  return events.filter(([, fields]) => {
    const text = fields.join(' ')
    return text.includes('event waiting') && text.includes(`jobId ${job} prev failed`)
  }).length
}

describe.each([5, 6] as const)('BullMQ %i, when the connection fails', (major) => {
  test('after Redis did it: the outcome is unknown, and it is not done a second time', async () => {
    const { proxy, application, door, recorded, connection } = await behindProxy(major, {
      beforeChange: () => proxyOf().delay(300),
    })
    const proxyOf = () => proxy
    const [job = ''] = await addFailed(application)
    const [acting] = await Promise.allSettled([
      door.retry(actor, requestFor(application, job)),
      reached(application, 'wait', job).then(() => proxy.cut()),
    ])
    expect(acting).toMatchObject({ reason: { code: 'OUTCOME_UNKNOWN', data: { job } } })
    expect(recorded(job)).toEqual(['intent', 'outcome OUTCOME_UNKNOWN'])
    proxy.restore()
    // It fails once more, so a second retry would take it out of `failed` again.
    await runUntil(application, 1, () => {
      throw new Error('again')
    })
    await vi.waitFor(async () =>
      expect((await connection.mutations(`bull:${application.name}:meta`)).status).toBe('ready'),
    )
    await vi.waitFor(() => expect(connection.health().state).toBe('ready'))
    expect(await standings(application.redis, application.name)).toEqual({ [job]: 1 })
    expect((await placesOf(application.redis, application.name))['failed']).toEqual([job])
    expect(await timesRetried(application, job)).toBe(1)
  })

  test('and gives no answer any more: unknown after a while, and the next try works', async () => {
    const { proxy, application, door, recorded } = await behindProxy(major, {
      replyTimeout: 300,
      beforeChange: () => proxyOf().pause(),
    })
    const proxyOf = () => proxy
    const [job = ''] = await addFailed(application)
    await expect(door.retry(actor, requestFor(application, job))).rejects.toMatchObject({
      code: 'OUTCOME_UNKNOWN',
    })
    proxy.cut()
    proxy.restore()
    await vi.waitFor(() => door.preview(requestFor(application, job), 'retry'), 10_000)
    expect((await placesOf(application.redis, application.name))['failed']).toEqual([job])
    await door.retry(actor, requestFor(application, job))
    expect((await placesOf(application.redis, application.name))['wait']).toEqual([job])
    expect(recorded(job)).toEqual(['intent', 'outcome OUTCOME_UNKNOWN', 'intent', 'outcome ok'])
  })
})

test('a Redis killed in the middle of it leaves an unknown outcome and no hanging caller', async () => {
  const redis = await startTestRedis()
  onTestFinished(() => redis.stop())
  const application = applicationOf(6, redis.url)
  const { door, recorded } = await openDoor(redis.url, {
    beforeChange: () => void redis.process.kill('SIGKILL'),
  })
  const [job = ''] = await addFailed(application)
  await expect(door.remove(actor, requestFor(application, job))).rejects.toMatchObject({
    code: 'OUTCOME_UNKNOWN',
  })
  expect(recorded(job)).toEqual(['intent', 'outcome OUTCOME_UNKNOWN'])
  await expect(door.remove(actor, requestFor(application, job))).rejects.toMatchObject({
    code: 'ENVIRONMENT_UNREACHABLE',
    data: { environment },
  })
  expect(recorded(job)).toHaveLength(3)
  expect(recorded(job).at(-1)).toBe('refusal ENVIRONMENT_UNREACHABLE')
})

describe('when the job changes between the last look and the change', () => {
  test('nothing is done to what it has become', async () => {
    const { proxy, application, door, recorded } = await behindProxy(6, {
      beforeChange: () => meanwhile(),
    })
    const [job = ''] = await addFailed(application)
    const found = await application.queue.getJob(job)
    const meanwhile = () => {
      proxy.delay(100)
      void found?.retry()
    }
    await expect(
      door.remove(actor, { ...requestFor(application, job), expectedState: 'failed' }),
    ).rejects.toMatchObject({ code: 'JOB_STATE_CHANGED', data: { actual: 'waiting' } })
    expect(await standings(application.redis, application.name)).toEqual({ [job]: 1 })
    expect(recorded(job)).toEqual(['intent', 'outcome JOB_STATE_CHANGED'])
  })

  test('a queue of BullMQ 5 paused meanwhile gets the job where its resume finds it', async () => {
    const { proxy, application, door } = await behindProxy(5, {
      beforeChange: () => meanwhile(),
    })
    const [job = ''] = await addFailed(application)
    const meanwhile = () => {
      proxy.delay(100)
      void application.queue.pause()
    }
    await door.retry(actor, requestFor(application, job))
    expect(await placesOf(application.redis, application.name)).toMatchObject({
      wait: [],
      paused: [job],
    })
  })

  test('a queue of BullMQ 6 paused meanwhile by BullMQ 5 is left alone', async () => {
    const { proxy, application, door } = await behindProxy(6, {
      beforeChange: () => meanwhile(),
    })
    const older = applicationOf(5, redisUrl(), application.name)
    await older.queue.waitUntilReady()
    const [job = ''] = await addFailed(application)
    await application.queue.add('send', {})
    await application.redis.hset(`bull:${application.name}:meta`, 'version', 'bullmq:6.7.0')
    const meanwhile = () => {
      proxy.delay(100)
      void older.queue.pause()
    }
    await expect(door.retry(actor, requestFor(application, job))).rejects.toMatchObject({
      code: 'QUEUE_PAUSE_MIXED',
    })
    const places = await placesOf(application.redis, application.name)
    expect(places['failed']).toEqual([job])
    expect(places['paused']).toHaveLength(1)
  })
})

describe('when the audit cannot be written', () => {
  test('nothing is done', async () => {
    const { application, door, audit, recorded } = await behindProxy(6)
    const [job = ''] = await addFailed(application)
    const before = await contentOf(application.redis, application.name)
    audit.database.pragma('query_only = ON')
    for (const act of [
      () => door.retry(actor, requestFor(application, job)),
      () => door.remove(actor, requestFor(application, job)),
    ]) {
      await expect(act()).rejects.toMatchObject({ code: 'AUDIT_UNAVAILABLE' })
    }
    expect(await contentOf(application.redis, application.name)).toEqual(before)
    audit.database.pragma('query_only = OFF')
    expect(recorded(job)).toEqual([])
  })

  test('after it was done, the caller still learns that it was done', async () => {
    const { application, door, audit, recorded } = await behindProxy(6, {
      beforeChange: () => auditOf().database.pragma('query_only = ON'),
    })
    const auditOf = () => audit
    const [job = ''] = await addFailed(application)
    expect(await door.retry(actor, requestFor(application, job))).toEqual({
      job,
      state: 'waiting',
      audit: { intent: 1, outcome: null },
    })
    expect((await placesOf(application.redis, application.name))['wait']).toEqual([job])
    audit.database.pragma('query_only = OFF')
    audit.trail.close()
    expect(recorded(job)).toEqual(['intent', 'outcome ok'])
    expect(await audit.trail.verify()).toMatchObject({ intact: true, entries: 2 })
  })
})

import { describe, expect, test } from 'vitest'
import {
  actor,
  addFailed,
  environment,
  openDoor,
  placesOf,
  runUntil,
  standings,
  startBoth,
  type Application,
} from '#test-support/actions.ts'
import { redisUrl } from '#test-support/redis-url.ts'

const start = async (major: 5 | 6) => {
  const both = await startBoth(major)
  const queue = both.application.name
  const request = (job: string) => ({ environment, queue, job, resetAttempts: false })
  return { ...both, request }
}
const metaOf = (application: Application) =>
  application.redis.hgetallBuffer(`bull:${application.name}:meta`)

describe.each([5, 6] as const)('retry in a queue of BullMQ %i', (major) => {
  test('lets a failed job run again, and says so in the audit', async () => {
    const { application, door, request, recorded } = await start(major)
    const [job = ''] = await addFailed(application)
    const outcome = await door.retry(actor, { ...request(job), expectedState: 'failed' })
    expect(outcome).toEqual({ job, state: 'waiting', audit: { intent: 1, outcome: 2 } })
    const seen: string[] = []
    await runUntil(application, 1, ({ id }) => seen.push(id ?? ''))
    expect(seen).toEqual([job])
    expect((await placesOf(application.redis, application.name))['completed']).toEqual([job])
    expect(recorded(job)).toEqual(['intent', 'outcome ok'])
  })

  test('lets a completed job run again', async () => {
    const { application, door, request } = await start(major)
    const { id: job = '' } = await application.queue.add('send', {})
    await runUntil(application, 1, () => 'first')
    await door.retry(actor, { ...request(job), expectedState: 'completed' })
    await runUntil(application, 1, () => 'second')
    expect((await application.queue.getJob(job))?.returnvalue).toBe('second')
  })

  test('leaves meta byte for byte as it was, and opens no connection of BullMQ', async () => {
    const { application, door, request, connection } = await start(major)
    const [first = '', second = ''] = await addFailed(application, 2)
    const before = await metaOf(application)
    await door.retry(actor, request(first))
    const redis = await connection.mutations(`bull:${application.name}:meta`)
    const listeners = redis.eventNames().map((name) => [name, redis.listenerCount(name)])
    const clients = await application.redis.client('LIST')
    await door.retry(actor, request(second))
    expect(await metaOf(application)).toEqual(before)
    expect(redis.eventNames().map((name) => [name, redis.listenerCount(name)])).toEqual(listeners)
    expect(String(await application.redis.client('LIST')).split('\n')).toHaveLength(
      String(clients).split('\n').length,
    )
  })

  test('keeps the count of attempts, or starts it again when asked', async () => {
    const { application, door, request } = await start(major)
    const [kept = '', reset = ''] = await addFailed(application, 2)
    await door.retry(actor, request(kept))
    await door.retry(actor, { ...request(reset), resetAttempts: true })
    expect((await application.queue.getJob(kept))?.attemptsMade).toBe(1)
    expect((await application.queue.getJob(reset))?.attemptsMade).toBe(0)
  })

  test('starts the count again for a job that an older BullMQ had counted', async () => {
    const { application, door, request } = await start(major)
    const [job = ''] = await addFailed(application)
    const key = `bull:${application.name}:${job}`
    await application.redis.multi().hdel(key, 'atm').hset(key, 'attemptsMade', 3).exec()
    expect((await application.queue.getJob(job))?.attemptsMade).toBe(3)
    await door.retry(actor, { ...request(job), resetAttempts: true })
    expect((await application.queue.getJob(job))?.attemptsMade).toBe(0)
  })

  test('puts a job of a paused queue where its resume finds it', async () => {
    const { application, door, request } = await start(major)
    const failed = await addFailed(application, 2)
    await application.queue.pause()
    const waiting = await application.queue.add('send', {})
    const all = [...failed, waiting.id ?? ''].toSorted()
    for (const job of failed) await door.retry(actor, request(job))
    const places = await placesOf(application.redis, application.name)
    expect(places[major === 5 ? 'paused' : 'wait']?.toSorted()).toEqual(all)
    await application.queue.resume()
    const seen: string[] = []
    await runUntil(application, 3, ({ id }) => seen.push(id ?? ''))
    expect(seen.toSorted()).toEqual(all)
  })

  test('asked for twice at once, runs the job once', async () => {
    const { application, door, request, recorded } = await start(major)
    const second = await openDoor(redisUrl())
    const [job = ''] = await addFailed(application)
    const results = await Promise.allSettled([
      door.retry(actor, request(job)),
      door.retry(actor, request(job)),
      // Another console on the same Redis.
      second.door.retry(actor, request(job)),
    ])
    const reasons = results.flatMap((result) =>
      result.status === 'rejected' ? [result.reason as unknown] : [],
    )
    const changed = expect.objectContaining({ code: 'JOB_STATE_CHANGED' })
    expect(reasons).toEqual([changed, changed])
    expect(await standings(application.redis, application.name)).toEqual({ [job]: 1 })
    const entries = [...recorded(job), ...second.recorded(job)]
    expect(entries.filter((entry) => entry === 'outcome ok')).toHaveLength(1)
  })

  test('of a priority goes where this major puts it, as the preview says', async () => {
    const { application, door, request } = await start(major)
    const [job = ''] = await addFailed(application, 1, { priority: 5 })
    const { target } = await door.preview(request(job), 'retry')
    const { state } = await door.retry(actor, request(job))
    const places = await placesOf(application.redis, application.name)
    expect(state).toBe(target)
    expect(places[major === 5 ? 'wait' : 'prioritized']).toEqual([job])
  })

  test('is taken next when the job was added last in, first out', async () => {
    const { application, door, request } = await start(major)
    const [job = ''] = await addFailed(application, 1, { lifo: true })
    await application.queue.add('send', {})
    await door.retry(actor, request(job))
    const seen: string[] = []
    await runUntil(application, 2, ({ id }) => seen.push(id ?? ''))
    expect(seen[0]).toBe(job)
  })
})

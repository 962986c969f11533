import { once } from 'node:events'
import { isDeepStrictEqual } from 'node:util'
import { describe, expect, test } from 'vitest'
import type { JobAction } from '#shared/contract/jobs.ts'
import {
  actor,
  addFailed,
  applicationOf,
  contentOf,
  environment,
  openDoor,
  placesOf,
  standings,
  startBoth,
  type Application,
} from '#test-support/actions.ts'
import { redisUrl } from '#test-support/redis-url.ts'

const meta = (application: Application) => `bull:${application.name}:meta`

/** Asks for the preview, then acts, and tells what came of both. */
async function attempt(
  { door, recorded }: Awaited<ReturnType<typeof openDoor>>,
  application: Application,
  action: JobAction,
  job: string,
) {
  const address = { environment, queue: application.name, job }
  const before = await contentOf(application.redis, application.name)
  const { allowed, refusal: foreseen } = await door.preview(address, action)
  const acting =
    action === 'retry'
      ? door.retry(actor, { ...address, resetAttempts: false })
      : door.remove(actor, address)
  const thrown: unknown = await acting.then(
    () => null,
    (error: unknown) => error,
  )
  const after = await contentOf(application.redis, application.name)
  return {
    allowed,
    foreseen,
    thrown,
    untouched: isDeepStrictEqual(before, after),
    recorded: recorded(job),
  }
}

/** Preview and action give the same refusal, Redis stays as it was, and the refusal is on record. */
const refusedWith = (code: string, data: object) => ({
  allowed: false,
  foreseen: { code, data },
  thrown: expect.objectContaining({ code, data }),
  untouched: true,
  recorded: [`refusal ${code}`],
})

describe('an environment that may not be changed', () => {
  const denied = { allowed: false, missing: ['eval'] }
  test.each([
    ['view only', { lock: 'view-only' }, 'ENVIRONMENT_READ_ONLY', { environment }],
    ['locked', { lock: 'locked' }, 'ENVIRONMENT_LOCKED', { environment }],
    ['a replica', { rights: { role: 'replica' } }, 'ENVIRONMENT_READ_ONLY', { environment }],
    [
      'lacking the rights',
      { rights: { retry: denied, remove: denied } },
      'PERMISSION_DENIED',
      { environment, command: 'eval' },
    ],
  ] as const)('refuses everything when %s', async (_, options, code, data) => {
    const { application, ...door } = await startBoth(6, options)
    const [job = ''] = await addFailed(application)
    expect(await attempt(door, application, 'retry', job)).toEqual(refusedWith(code, data))
    await expect(
      door.door.remove(actor, { environment, queue: application.name, job }),
    ).rejects.toMatchObject({ code })
  })
})

describe('a queue whose scripts the console has not', () => {
  test.each([
    ['bullmq:3.15.8', '3.15.8'],
    ['bullmq:4.18.3', '4.18.3'],
    ['bullmq:7.0.0', '7.0.0'],
    ['bullmq-pro:7.1.0', 'bullmq-pro:7.1.0'],
    ['something else', 'something else'],
    [null, null],
  ])('is left alone when its version is %j', async (version, told) => {
    const { application, ...door } = await startBoth(6)
    const [job = ''] = await addFailed(application)
    await (version === null
      ? application.redis.hdel(meta(application), 'version')
      : application.redis.hset(meta(application), 'version', version))
    expect(await attempt(door, application, 'retry', job)).toEqual(
      refusedWith('QUEUE_UNSUPPORTED', { queue: application.name, version: told }),
    )
  })
})

/** One failed job, and as many in `wait` and in the `paused` list as asked for. */
const arrange = async (
  application: Application,
  { paused, wait, list }: { paused: boolean; wait: number; list: number },
) => {
  const { redis, name } = application
  const [job = ''] = await addFailed(application)
  const add = async (suffix: string, count: number) => {
    for (let index = 0; index < count; index += 1) {
      const { id = '' } = await application.queue.add('send', {})
      await redis.lrem(`bull:${name}:wait`, 0, id)
      await redis.lpush(`bull:${name}:parked-${suffix}`, id)
    }
  }
  await add('wait', wait)
  await add('paused', list)
  for (const suffix of ['wait', 'paused']) {
    if ((await redis.exists(`bull:${name}:parked-${suffix}`)) === 1) {
      await redis.rename(`bull:${name}:parked-${suffix}`, `bull:${name}:${suffix}`)
    }
  }
  if (paused) await redis.hset(meta(application), 'paused', 1)
  return job
}

describe('pauses of both majors mixed', () => {
  const mixes: [string, 5 | 6, { paused: boolean; wait: number; list: number }][] = [
    ['v6, running, with a v5 paused list', 6, { paused: false, wait: 0, list: 2 }],
    ['v6, running, with a v5 paused list and waiting jobs', 6, { paused: false, wait: 2, list: 2 }],
    ['v6, paused, with a v5 paused list', 6, { paused: true, wait: 0, list: 2 }],
    ['v6, paused, with a v5 paused list and waiting jobs', 6, { paused: true, wait: 2, list: 2 }],
    ['v5, paused, with jobs left in wait by v6', 5, { paused: true, wait: 2, list: 0 }],
    ['v5, paused, with jobs in both lists', 5, { paused: true, wait: 2, list: 2 }],
    ['v5, running, with a paused list left behind', 5, { paused: false, wait: 0, list: 2 }],
    ['v5, running, with jobs in both lists', 5, { paused: false, wait: 2, list: 2 }],
  ]
  test.each(mixes)('are refused, and no job is lost: %s', async (_, major, mix) => {
    for (const action of ['retry', 'remove'] as const) {
      const { application, ...door } = await startBoth(major)
      const job = await arrange(application, mix)
      const before = await standings(application.redis, application.name)
      expect(Object.values(before).every((times) => times === 1)).toBe(true)
      expect(await attempt(door, application, action, job)).toEqual(
        refusedWith('QUEUE_PAUSE_MIXED', { queue: application.name }),
      )
      expect(await standings(application.redis, application.name)).toEqual(before)
    }
  })

  const sound: typeof mixes = [
    ['v6, running', 6, { paused: false, wait: 2, list: 0 }],
    ['v6, paused', 6, { paused: true, wait: 2, list: 0 }],
    ['v6, paused and empty', 6, { paused: true, wait: 0, list: 0 }],
    ['v5, running', 5, { paused: false, wait: 2, list: 0 }],
    ['v5, paused', 5, { paused: true, wait: 0, list: 2 }],
    ['v5, paused and empty', 5, { paused: true, wait: 0, list: 0 }],
  ]
  test.each(sound)('are not seen where there are none: %s', async (_, major, mix) => {
    const { application, door } = await startBoth(major)
    const job = await arrange(application, mix)
    const before = await standings(application.redis, application.name)
    await door.retry(actor, { environment, queue: application.name, job, resetAttempts: false })
    expect(await standings(application.redis, application.name)).toEqual(before)
  })

  test('made by the real libraries: v5 pauses, v6 adds, nothing is done until it is resumed', async () => {
    const { application, ...door } = await startBoth(5)
    const [job = ''] = await addFailed(application)
    await application.queue.addBulk([1, 2, 3].map(() => ({ name: 'send', data: {} })))
    await application.queue.pause()
    const newer = applicationOf(6, redisUrl(), application.name)
    await newer.queue.add('send', {})
    const places = await placesOf(application.redis, application.name)
    expect(places['paused']).toHaveLength(3)
    expect(places['wait']).toHaveLength(1)
    expect(await attempt(door, application, 'retry', job)).toEqual(
      refusedWith('QUEUE_PAUSE_MIXED', { queue: application.name }),
    )
    await newer.queue.resume()
    const again = await openDoor(redisUrl())
    await again.door.retry(actor, {
      environment,
      queue: application.name,
      job,
      resetAttempts: false,
    })
    expect(Object.values(await standings(application.redis, application.name))).toEqual([
      1, 1, 1, 1, 1,
    ])
  })
})

describe.each([5, 6] as const)('a job in a queue of BullMQ %i', (major) => {
  test.each(['waiting', 'delayed', 'prioritized'] as const)(
    'that is %s is not retried',
    async (state) => {
      const { application, ...door } = await startBoth(major)
      const options =
        state === 'delayed' ? { delay: 1e6 } : state === 'prioritized' ? { priority: 3 } : {}
      const { id: job = '' } = await application.queue.add('send', {}, options)
      expect(await attempt(door, application, 'retry', job)).toEqual(
        refusedWith('JOB_STATE_CHANGED', { job, expected: 'failed', actual: state }),
      )
    },
  )

  test('that has left the state the operator saw is left alone', async () => {
    const { application, ...door } = await startBoth(major)
    const [job = ''] = await addFailed(application)
    const request = { job, expectedState: 'waiting' } as const
    const refusal = {
      code: 'JOB_STATE_CHANGED',
      data: { job, expected: 'waiting', actual: 'failed' },
    }
    const address = { environment, queue: application.name, ...request }
    await expect(door.door.remove(actor, address)).rejects.toMatchObject(refusal)
    await (await application.queue.getJob(job))?.retry()
    await expect(
      door.door.remove(actor, { ...address, expectedState: 'failed' }),
    ).rejects.toMatchObject({ code: 'JOB_STATE_CHANGED', data: { actual: 'waiting' } })
    expect(await standings(application.redis, application.name)).toEqual({ [job]: 1 })
  })

  test('that a worker holds is not removed', async () => {
    const { application, ...door } = await startBoth(major)
    const release = new AbortController()
    const worker = application.worker(() => once(release.signal, 'abort'))
    const active = new Promise((resolve) => worker.once('active', resolve))
    const { id: job = '' } = await application.queue.add('send', {})
    await active
    expect(await attempt(door, application, 'remove', job)).toEqual(
      refusedWith('JOB_ACTIVE', { job }),
    )
    release.abort()
  })

  test('that is the next run of a schedule is not removed', async () => {
    const { application, ...door } = await startBoth(major)
    await application.queue.upsertJobScheduler('nightly', { every: 3_600_000 }, { name: 'run' })
    const [next] = await application.queue.getDelayed()
    const [immediate] = await application.queue.getWaiting()
    const job = (next ?? immediate)?.id ?? ''
    expect(job).toMatch(/^repeat:nightly:\d+$/)
    expect(await attempt(door, application, 'remove', job)).toEqual(
      refusedWith('JOB_OWNED_BY_SCHEDULER', { job, scheduler: 'nightly' }),
    )
  })

  test('or a queue that does not exist is told as such', async () => {
    const { application, door, recorded } = await startBoth(major)
    await application.queue.add('send', {})
    const address = { environment, queue: application.name, job: 'nowhere' }
    const missing = { code: 'JOB_NOT_FOUND', data: { queue: application.name, job: 'nowhere' } }
    await expect(door.preview(address, 'retry')).rejects.toMatchObject(missing)
    await expect(door.remove(actor, address)).rejects.toMatchObject(missing)
    expect(recorded('nowhere')).toEqual(['refusal JOB_NOT_FOUND'])
    await expect(door.remove(actor, { ...address, queue: 'none' })).rejects.toMatchObject({
      code: 'QUEUE_NOT_FOUND',
    })
    expect(await application.redis.exists('bull:none:meta')).toBe(0)
  })
})

test('the next run of a repeatable job, as BullMQ 5 also knows them, is not removed', async () => {
  const { application, ...door } = await startBoth(5)
  const repeat = { repeat: { every: 3_600_000 } } as object
  await application.queue.add('legacy', {}, repeat)
  const [next] = await application.queue.getDelayed()
  const job = next?.id ?? ''
  expect(job).toMatch(/^repeat:/)
  expect(await attempt(door, application, 'remove', job)).toEqual(
    refusedWith('JOB_OWNED_BY_SCHEDULER', { job, scheduler: job.split(':')[1] }),
  )
})

describe('a key of another type than BullMQ writes', () => {
  test.each(['meta', 'failed', 'wait', 'paused', 'JOB', 'JOB:dependencies', 'JOB:processed'])(
    'is named, and nothing is done: %s',
    async (suffix) => {
      const { application, door, recorded } = await startBoth(6)
      const { redis, name: queue } = application
      const [job = ''] = await addFailed(application)
      const key = `bull:${queue}:${suffix.replace('JOB', job)}`
      await redis.set(key, 'put here by something else')
      const before = await contentOf(redis, queue)
      const address = { environment, queue, job }
      const refusal = { code: 'KEY_TYPE_UNEXPECTED', data: { key } }
      await expect(door.preview(address, 'remove')).rejects.toMatchObject(refusal)
      await expect(door.retry(actor, { ...address, resetAttempts: false })).rejects.toMatchObject(
        refusal,
      )
      await expect(door.remove(actor, address)).rejects.toMatchObject(refusal)
      expect(await contentOf(redis, queue)).toEqual(before)
      expect(recorded(job)).toEqual(Array.from({ length: 2 }, () => `refusal ${refusal.code}`))
    },
  )

  test('that only the script comes upon, before it changes anything, is told too', async () => {
    const { application, door, recorded } = await startBoth(6)
    const { redis, name: queue } = application
    const [job = '', child = ''] = await addFailed(application, 2)
    const below = application.another().name
    await redis.hset(`bull:${queue}:${job}:processed`, `bull:${below}:${child}`, '1')
    await redis.set(`bull:${below}:completed`, 'x')
    const before = await contentOf(redis, queue)
    const refusal = { code: 'KEY_TYPE_UNEXPECTED', data: { key: 'bull:*' } }
    await expect(door.remove(actor, { environment, queue, job })).rejects.toMatchObject(refusal)
    expect(await contentOf(redis, queue)).toEqual(before)
    expect(recorded(job)).toEqual(['intent', `outcome ${refusal.code}`])
  })

  test('that the script comes upon half way leaves the outcome unknown', async () => {
    const { application, door, recorded } = await startBoth(6)
    const { redis, name: queue } = application
    const [job = ''] = await addFailed(application)
    await redis.set(`bull:${queue}:marker`, 'x')
    const address = { environment, queue, job, resetAttempts: false }
    await expect(door.retry(actor, address)).rejects.toMatchObject({ code: 'OUTCOME_UNKNOWN' })
    expect(recorded(job)).toEqual(['intent', 'outcome OUTCOME_UNKNOWN'])
  })

  test('is told as such though the environment was removed meanwhile', async () => {
    const remove = { environment: () => {} }
    const { application, door, recorded, removeEnvironment } = await startBoth(6, {
      beforeChange: () => remove.environment(),
    })
    remove.environment = removeEnvironment
    const { redis, name: queue } = application
    const [job = ''] = await addFailed(application)
    await redis.set(`bull:${queue}:marker`, 'x')
    const address = { environment, queue, job, resetAttempts: false }
    await expect(door.retry(actor, address)).rejects.toMatchObject({ code: 'OUTCOME_UNKNOWN' })
    expect(recorded(job)).toEqual(['intent', 'outcome OUTCOME_UNKNOWN'])
  })
})

describe('a Redis user', () => {
  test('who may not write is told so, and nothing changes', async () => {
    const { application } = await startBoth(6)
    const [job = ''] = await addFailed(application)
    const admin = application.redis
    await admin.call(
      'ACL',
      'SETUSER',
      'reader',
      'on',
      '>pw',
      '~*',
      '&*',
      '+@read',
      '+@connection',
      '+@transaction',
      '+@scripting',
    )
    const url = redisUrl().replace('redis://', 'redis://reader:pw@')
    const { door, recorded } = await openDoor(url)
    const address = { environment, queue: application.name, job }
    const before = await contentOf(application.redis, application.name)
    await expect(door.retry(actor, { ...address, resetAttempts: false })).rejects.toMatchObject({
      code: 'PERMISSION_DENIED',
    })
    await expect(door.remove(actor, address)).rejects.toMatchObject({ code: 'PERMISSION_DENIED' })
    await admin.call('ACL', 'SETUSER', 'reader', '-@scripting')
    await expect(door.remove(actor, address)).rejects.toMatchObject({
      code: 'PERMISSION_DENIED',
      data: { environment, command: 'eval' },
    })
    await admin.call('ACL', 'SETUSER', 'reader', '-watch')
    await expect(door.remove(actor, address)).rejects.toMatchObject({
      code: 'PERMISSION_DENIED',
      data: { environment, command: 'watch' },
    })
    expect(await contentOf(application.redis, application.name)).toEqual(before)
    expect(recorded(job)).toEqual(
      Array.from({ length: 4 }, () => ['intent', 'outcome PERMISSION_DENIED']).flat(),
    )
  })
})

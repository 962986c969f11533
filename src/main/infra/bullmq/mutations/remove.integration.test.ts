import type { Redis } from 'ioredis'
import { once } from 'node:events'
import { describe, expect, test, vi } from 'vitest'
import {
  actor,
  addFailed,
  environment,
  placesOf,
  runUntil,
  standings,
  startBoth,
} from '#test-support/actions.ts'

/** The commands that reach Redis with this key while something is done. */
async function commandsOn(redis: Redis, key: string, doing: () => Promise<void>) {
  const monitor = await redis.monitor()
  const commands: string[] = []
  let ended = false
  monitor.on('monitor', (_time: string, [command = '', ...args]: string[]) => {
    if (args[0] === key) commands.push(command.toLowerCase())
    if (args[0] === `${key}:end`) ended = true
  })
  try {
    await doing()
    await redis.echo(`${key}:end`)
    await vi.waitUntil(() => ended)
  } finally {
    monitor.disconnect()
  }
  return commands
}

const start = async (major: 5 | 6) => {
  const both = await startBoth(major)
  const address = (job: string, queue = both.application.name) => ({ environment, queue, job })
  return { ...both, address }
}
const fail = () => {
  throw new Error('no')
}
const failOne = (name: string) => (name === 'bad' ? fail() : 'fine')

describe.each([5, 6] as const)('removal from a queue of BullMQ %i', (major) => {
  test('takes the job with all its keys, and the audit keeps no payload', async () => {
    const { application, door, address, audit, recorded } = await start(major)
    const [job = '', other = ''] = await addFailed(application, 2)
    await (await application.queue.getJob(job))?.log('a line')
    const outcome = await door.remove(actor, { ...address(job), reason: 'test data' })
    expect(outcome).toMatchObject({ job, state: 'removed' })
    expect(await application.redis.keys(`bull:${application.name}:${job}*`)).toEqual([])
    expect(await standings(application.redis, application.name)).toEqual({ [other]: 1 })
    expect(recorded(job)).toEqual(['intent', 'outcome ok'])
    const [intent] = audit.store.after(0, 1)
    expect(intent).toMatchObject({ reason: 'test data', operator: 'marie', via: 'desktop' })
    expect(JSON.parse(intent?.details ?? '')).toMatchObject({
      name: 'send',
      state: 'failed',
      error: 'SMTP said no',
      attemptsMade: 1,
      dataSize: JSON.stringify({ index: 0, secret: 'hunter2' }).length,
      dataDigest: expect.stringMatching(/^[0-9a-f]{64}$/),
      process: { pid: process.pid },
    })
    expect(JSON.stringify(audit.store.after(0, 10))).not.toContain('hunter2')
  })

  test.each(['waiting', 'delayed', 'prioritized', 'completed'] as const)(
    'takes a job that is %s',
    async (state) => {
      const { application, door, address } = await start(major)
      const options =
        state === 'delayed' ? { delay: 1e6 } : state === 'prioritized' ? { priority: 3 } : {}
      const { id: job = '' } = await application.queue.add('send', {}, options)
      if (state === 'completed') await runUntil(application, 1, () => null)
      await door.remove(actor, { ...address(job), expectedState: state })
      expect(await standings(application.redis, application.name)).toEqual({})
    },
  )

  test('takes a waiting job out of a paused queue and leaves the others to its resume', async () => {
    const { application, door, address } = await start(major)
    const jobs = await application.queue.addBulk([1, 2, 3].map(() => ({ name: 'a', data: {} })))
    await application.queue.pause()
    const [first = '', ...rest] = jobs.map(({ id }) => id ?? '')
    await door.remove(actor, { ...address(first), expectedState: 'waiting' })
    await application.queue.resume()
    const seen: string[] = []
    await runUntil(application, 2, ({ id }) => seen.push(id ?? ''))
    expect(seen.toSorted()).toEqual(rest.toSorted())
  })

  test('takes a job that is in no state', async () => {
    const { application, door, address } = await start(major)
    const [job = ''] = await addFailed(application)
    await application.redis.zrem(`bull:${application.name}:failed`, job)
    expect(await door.preview(address(job), 'remove')).toMatchObject({
      state: 'unknown',
      allowed: true,
    })
    await door.remove(actor, address(job))
    expect(await application.redis.exists(`bull:${application.name}:${job}`)).toBe(0)
  })

  test('takes a finished run of a schedule and leaves the schedule its next run', async () => {
    const { application, door, address } = await start(major)
    await application.queue.upsertJobScheduler('nightly', { every: 3_600_000 }, { name: 'run' })
    const promoted = await application.queue.getDelayed()
    for (const job of promoted) await job.promote()
    await runUntil(application, 1, fail)
    const [failed] = await application.queue.getFailed()
    const job = failed?.id ?? ''
    expect(job).toMatch(/^repeat:/)
    const [next] = await application.queue.getDelayed()
    await door.remove(actor, address(job))
    const places = await placesOf(application.redis, application.name)
    expect(places['delayed']).toEqual([next?.id])
    expect(places['failed']).toEqual([])
  })
})

describe.each([5, 6] as const)('a family in queues of BullMQ %i', (major) => {
  const family = async (children: { name: string; opts?: object }[]) => {
    const started = await start(major)
    const { application } = started
    const below = application.another()
    const flow = await application.flows().add({
      name: 'parent',
      queueName: application.name,
      children: children.map((child) => ({ queueName: below.name, data: {}, ...child })),
    })
    const parent = flow.job.id ?? ''
    const childIds = (flow.children ?? []).map(({ job }) => job.id ?? '')
    /** Runs the children until as many as given have finished. */
    const runChildren = (count: number, processor: (name: string) => unknown) =>
      new Promise<void>((resolve, reject) => {
        let finished = 0
        const worker = application.worker(async ({ name }) => processor(name), {}, below.name)
        const one = () => {
          finished += 1
          if (finished === count) worker.close().then(() => resolve(), reject)
        }
        worker.on('completed', one)
        worker.on('failed', one)
      })
    return { ...started, below, parent, childIds, runChildren }
  }
  test('is removed with the parent, its number said before', async () => {
    const { application, below, door, address, audit, parent, childIds, runChildren } =
      await family([
        { name: 'good' },
        { name: 'bad' },
        { name: 'bad', opts: { ignoreDependencyOnFailure: true } },
      ])
    await runChildren(3, failOne)
    const preview = await door.preview(address(parent), 'remove')
    expect(preview).toMatchObject({ state: 'waiting-children', allowed: true, children: 3 })
    await door.remove(actor, address(parent))
    expect(await standings(application.redis, application.name)).toEqual({})
    expect(await standings(application.redis, below.name)).toEqual({})
    const { children, childKeys } = JSON.parse(audit.store.after(0, 1)[0]?.details ?? '') as {
      children: number
      childKeys: string[]
    }
    expect(children).toBe(3)
    expect(childKeys.toSorted()).toEqual(
      childIds.map((id) => `bull:${below.name}:${id}`).toSorted(),
    )
  })

  test('over 200 is left whole, and is not read to the end to find out', async () => {
    const { application, below, door, address, parent, childIds, recorded } = await family(
      Array.from({ length: 200 }, () => ({ name: 'one' })),
    )
    const preview = await door.preview(address(parent), 'remove')
    expect(preview).toMatchObject({ allowed: true, children: 200 })
    // Results of children long gone: the script would go through them all the same.
    const gone = Array.from({ length: 50_000 }, (_, index) => [`bull:${below.name}:x${index}`, '1'])
    const processed = `bull:${application.name}:${parent}:processed`
    await application.redis.hset(processed, ...gone.flat())
    const refusal = {
      code: 'JOB_FAMILY_TOO_LARGE',
      data: { job: parent, count: 50_200, limit: 200 },
    }
    const commands = await commandsOn(application.redis, processed, async () => {
      expect(await door.preview(address(parent), 'remove')).toMatchObject({
        allowed: false,
        refusal,
      })
      await expect(door.remove(actor, address(parent))).rejects.toMatchObject(refusal)
    })
    expect(commands).toEqual(['hlen', 'hlen'])
    expect(recorded(parent)).toEqual(['refusal JOB_FAMILY_TOO_LARGE'])
    expect(Object.keys(await standings(application.redis, below.name))).toHaveLength(
      childIds.length,
    )
  })

  test('counts grandchildren too', async () => {
    const { application, door, address } = await start(major)
    const queueName = application.name
    const flow = await application.flows().add({
      name: 'parent',
      queueName,
      children: [
        { name: 'child', queueName, children: [{ name: 'grandchild', queueName }] },
        { name: 'child', queueName },
      ],
    })
    const parent = flow.job.id ?? ''
    expect(await door.preview(address(parent), 'remove')).toMatchObject({ children: 3 })
    await door.remove(actor, address(parent))
    expect(await standings(application.redis, queueName)).toEqual({})
  })

  test('is left whole while a worker holds a child', async () => {
    const { application, below, door, address, parent } = await family([{ name: 'one' }])
    const release = new AbortController()
    const worker = application.worker(() => once(release.signal, 'abort'), {}, below.name)
    await new Promise((resolve) => worker.once('active', resolve))
    const [child = ''] = (await placesOf(application.redis, below.name))['active'] ?? []
    const refusal = { code: 'JOB_ACTIVE', data: { job: child } }
    expect(await door.preview(address(parent), 'remove')).toMatchObject({ refusal })
    await expect(door.remove(actor, address(parent))).rejects.toMatchObject(refusal)
    release.abort()
  })

  test('keeps a failed child its parent waits for; the parent neither runs nor vanishes', async () => {
    const { application, below, door, address, parent, childIds, runChildren } = await family([
      { name: 'bad' },
    ])
    await runChildren(1, failOne)
    const [child = ''] = childIds
    const refusal = {
      code: 'JOB_PARENT_WAITING',
      data: { job: child, parentQueue: application.name, parent },
    }
    expect(await door.preview(address(child, below.name), 'remove')).toMatchObject({ refusal })
    await expect(door.remove(actor, address(child, below.name))).rejects.toMatchObject(refusal)
    const places = await placesOf(application.redis, application.name)
    expect(places['waiting-children']).toEqual([parent])
  })

  test('lets go of a child its parent no longer counts', async () => {
    const { application, below, door, address, parent, childIds, runChildren } = await family([
      { name: 'good' },
      { name: 'later' },
    ])
    await application.redis.lrem(`bull:${below.name}:wait`, 1, childIds[1] ?? '')
    await runChildren(1, failOne)
    await door.remove(actor, address(childIds[0] ?? '', below.name))
    const places = await placesOf(application.redis, application.name)
    expect(places['waiting-children']).toEqual([parent])
  })

  test('comes through when its failed child is retried: the parent waits, then runs', async () => {
    const { application, below, door, address, parent, childIds, runChildren } = await family([
      { name: 'bad' },
    ])
    await runChildren(1, failOne)
    const [child = ''] = childIds
    await door.retry(actor, { ...address(child, below.name), resetAttempts: false })
    expect(await placesOf(application.redis, application.name)).toMatchObject({
      'waiting-children': [parent],
    })
    await runChildren(1, () => 'fine now')
    await runUntil(application, 1, () => null)
    expect(await placesOf(application.redis, application.name)).toMatchObject({
      completed: [parent],
    })
  })

  test('whose parent failed with the child: retrying the child leaves the parent failed', async () => {
    const { application, below, door, address, parent, childIds, runChildren } = await family([
      { name: 'bad', opts: { failParentOnFailure: true } },
    ])
    await runChildren(1, failOne)
    // The parent learns of it from a worker of its own queue.
    await runUntil(application, 1, () => null)
    expect(await placesOf(application.redis, application.name)).toMatchObject({ failed: [parent] })
    const [child = ''] = childIds
    await door.retry(actor, { ...address(child, below.name), resetAttempts: false })
    await runChildren(1, () => 'fine now')
    expect(await placesOf(application.redis, application.name)).toMatchObject({ failed: [parent] })
    expect(await placesOf(application.redis, below.name)).toMatchObject({ completed: [child] })
  })
})

test('an active job whose lock has run out, as after a crash of its worker, can be removed', async () => {
  const { application, door, address } = await start(6)
  const worker = application.worker(() => new Promise(() => {}), {
    lockDuration: 300,
    stalledInterval: 60_000,
    skipLockRenewal: true,
  })
  const active = new Promise((resolve) => worker.once('active', resolve))
  const { id: job = '' } = await application.queue.add('send', {})
  await active
  await vi.waitFor(async () => {
    expect(await application.redis.exists(`bull:${application.name}:${job}:lock`)).toBe(0)
  })
  await door.remove(actor, { ...address(job), expectedState: 'active' })
  expect(await standings(application.redis, application.name)).toEqual({})
})

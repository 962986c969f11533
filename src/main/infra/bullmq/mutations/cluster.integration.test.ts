import * as v6 from 'bullmq'
import * as v5 from 'bullmq5'
import { Cluster } from 'ioredis'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { actor, environment, openDoor } from '#test-support/actions.ts'
import { startTestCluster, type TestCluster } from '#test-support/cluster.ts'
import { BullmqJobReader } from '../jobs/job-reader.ts'
import { RedisQueueReader } from '../queue-reader.ts'

let cluster: TestCluster
let redis: Cluster

beforeAll(async () => {
  cluster = await startTestCluster()
  redis = new Cluster([...cluster.nodes])
})

afterAll(async () => {
  redis.disconnect()
  await cluster.stop()
})

const openClusterDoor = (prefixes: readonly string[] = ['bull']) =>
  openDoor('redis://127.0.0.1', {
    prefixes,
    deployment: { type: 'cluster', nodes: [...cluster.nodes] },
  })
const requestFor = (queue: string, job: string) => ({
  environment,
  queue,
  job,
  resetAttempts: false,
})

/** A queue as a real application uses it in a cluster; both majors have the same shape here. */
function applicationOf(major: 5 | 6, prefix: string, name: string) {
  const library = (major === 6 ? v6 : v5) as unknown as typeof v6
  const connection = redis as unknown as v6.ConnectionOptions
  const queue = new library.Queue(name, { connection, prefix })
  onTestFinished(() => queue.close())
  return {
    queue,
    run: async (count: number, processor: () => Promise<unknown>) => {
      const own = new Cluster([...cluster.nodes], { redisOptions: { maxRetriesPerRequest: null } })
      const worker = new library.Worker(name, processor, {
        connection: own,
        prefix,
      })
      await new Promise<void>((resolve) => {
        let finished = 0
        const one = () => {
          finished += 1
          if (finished === count) resolve()
        }
        worker.on('completed', one).on('failed', one)
      })
      await worker.close()
      own.disconnect()
    },
  }
}

/** Everything under these keys, byte for byte. */
async function contentOf(pattern: string): Promise<unknown> {
  const keys = (await Promise.all(redis.nodes('master').map((node) => node.keys(pattern)))).flat()
  return Promise.all(keys.toSorted().map(async (key) => [key, await redis.dumpBuffer(key)]))
}

/** A failed job as BullMQ leaves it, put there key by key: no script can, where the keys are apart. */
async function putFailed(root: string, job: string, fields: Record<string, string> = {}) {
  await redis.hset(`${root}:meta`, 'version', 'bullmq:6.7.0')
  await redis.hset(`${root}:${job}`, {
    name: 'send',
    data: '{}',
    opts: '{"attempts":1}',
    timestamp: '1795159363000',
    finishedOn: '1795159363536',
    failedReason: 'no',
    atm: '1',
    ...fields,
  })
  await redis.zadd(`${root}:failed`, 1_795_159_363_536, job)
}

describe.each([5, 6] as const)('in a cluster, a queue of BullMQ %i', (major) => {
  test.each([
    ['{bull}', randomUUID()],
    ['bull', `{${randomUUID()}}`],
  ])('under %s, with a hash tag in prefix or name', async (prefix, name) => {
    const { queue, run } = applicationOf(major, prefix, name)
    const jobs = await queue.addBulk([
      { name: 'send', data: {}, opts: { attempts: 1 } },
      { name: 'send', data: {}, opts: { attempts: 1 } },
    ])
    await run(2, () => Promise.reject(new Error('SMTP said no')))
    const { door, recorded } = await openClusterDoor([prefix])
    const [first = '', second = ''] = jobs.map(({ id }) => id ?? '')
    expect((await door.preview(requestFor(name, first), 'retry')).allowed).toBe(true)
    await door.retry(actor, requestFor(name, first))
    await door.remove(actor, requestFor(name, second))
    expect(await queue.getJobCounts('waiting', 'failed')).toMatchObject({ waiting: 1, failed: 0 })
    await run(1, () => Promise.resolve('done'))
    expect((await queue.getJob(first))?.returnvalue).toBe('done')
    expect(await queue.getJob(second)).toBeUndefined()
    expect([recorded(first), recorded(second)]).toEqual([
      ['intent', 'outcome ok'],
      ['intent', 'outcome ok'],
    ])
  })
})

test('a family under one hash tag is removed as a whole, over two queues', async () => {
  const name = randomUUID()
  await applicationOf(6, '{bull}', name).queue.waitUntilReady()
  const flows = new v6.FlowProducer({ connection: redis, prefix: '{bull}' })
  onTestFinished(() => flows.close())
  const { job } = await flows.add({
    name: 'album',
    queueName: name,
    children: [{ name: 'image', queueName: `${name}-images` }],
  })
  const { door } = await openClusterDoor(['{bull}'])
  const id = job.id ?? ''
  expect(await door.preview(requestFor(name, id), 'remove')).toMatchObject({
    allowed: true,
    children: 1,
  })
  await door.remove(actor, requestFor(name, id))
  expect(await redis.exists(`{bull}:${name}:${id}`)).toBe(0)
  expect(await redis.llen(`{bull}:${name}-images:wait`)).toBe(0)
})

describe('a queue without a hash tag', () => {
  test('is read like any other', async () => {
    const name = randomUUID()
    await putFailed(`bull:${name}`, '1')
    const { connection } = await openClusterDoor()
    const reader = new RedisQueueReader(connection, ['bull'])
    const { readings } = await reader.read([name], { fresh: true, urgency: 'interactive' })
    expect(readings).toMatchObject([{ name, counts: { failed: 1 }, version: '6.7.0' }])
    const jobs = new BullmqJobReader(connection, ['bull'])
    expect(await jobs.rows(name, 'failed', [{ id: '1', score: '1' }])).toMatchObject([{ id: '1' }])
    expect(await jobs.detail(name, '1')).toMatchObject({ state: 'failed' })
    const found: string[] = []
    let cursor = '0'
    do {
      const page = await reader.scan(cursor)
      found.push(...page.queues)
      cursor = page.cursor
    } while (cursor !== '0')
    expect(found).toContain(name)
  })

  test('is left alone: no script reaches all its keys', async () => {
    const name = randomUUID()
    await putFailed(`bull:${name}`, '1')
    const { door, recorded } = await openClusterDoor()
    const before = await contentOf(`bull:${name}:*`)
    const refusal = { code: 'QUEUE_ACROSS_SLOTS', data: { queue: name } }
    expect(await door.preview(requestFor(name, '1'), 'retry')).toMatchObject({
      state: 'failed',
      allowed: false,
      refusal,
    })
    await expect(door.retry(actor, requestFor(name, '1'))).rejects.toMatchObject(refusal)
    await expect(door.remove(actor, requestFor(name, '1'))).rejects.toMatchObject(refusal)
    expect(await contentOf(`bull:${name}:*`)).toEqual(before)
    expect(recorded('1')).toEqual(['refusal QUEUE_ACROSS_SLOTS', 'refusal QUEUE_ACROSS_SLOTS'])
  })
})

test('a job whose parent is in another slot is neither retried nor removed', async () => {
  const [name, other] = [`{${randomUUID()}}`, `{${randomUUID()}}`]
  await putFailed(`bull:${other}`, '7')
  await putFailed(`bull:${name}`, '1', { parentKey: `bull:${other}:7` })
  await redis.zadd(`bull:${other}:7:unsuccessful`, 1, `bull:${name}:1`)
  const { door } = await openClusterDoor()
  const contents = () => Promise.all([contentOf(`bull:${name}:*`), contentOf(`bull:${other}:*`)])
  const before = await contents()
  const refusal = { code: 'JOB_ACROSS_SLOTS', data: { queue: name, job: '1', other } }
  expect(await door.preview(requestFor(name, '1'), 'retry')).toMatchObject({ refusal })
  await expect(door.retry(actor, requestFor(name, '1'))).rejects.toMatchObject(refusal)
  await expect(door.remove(actor, requestFor(name, '1'))).rejects.toMatchObject(refusal)
  // The parent as well: the child would be removed with it.
  await expect(door.remove(actor, requestFor(other, '7'))).rejects.toMatchObject({
    code: 'JOB_ACROSS_SLOTS',
    data: { queue: other, other: name },
  })
  expect(await contents()).toEqual(before)
})

test('while a slot moves nothing is changed by halves', async () => {
  const name = `{${randomUUID()}}`
  const root = `bull:${name}`
  const ids = Array.from({ length: 40 }, (_, index) => String(index + 1))
  for (const id of ids) await putFailed(root, id)
  const { door, recorded } = await openClusterDoor()
  const slot = await cluster.masters[0].redis.cluster('KEYSLOT', root)
  const owner = Math.floor(slot / (16_384 / 3))
  const [from, to] = [cluster.masters[owner], cluster.masters[(owner + 1) % 3]]
  if (from === undefined || to === undefined) throw new Error('three masters')
  const moving = cluster.move(slot, from, to)
  const results = new Map<string, string>()
  for (const id of ids) {
    await door.retry(actor, requestFor(name, id)).then(
      () => results.set(id, 'ok'),
      (error: { code?: string }) => results.set(id, error.code ?? 'unexpected'),
    )
  }
  await moving
  const [waiting, failed] = await Promise.all([
    redis.lrange(`${root}:wait`, 0, -1),
    redis.zrange(`${root}:failed`, '0', '-1'),
  ])
  const ok = ids.filter((id) => results.get(id) === 'ok')
  expect(waiting.toSorted()).toEqual(ok.toSorted())
  expect([...waiting, ...failed].toSorted()).toEqual(ids.toSorted())
  for (const id of ids.filter((each) => !ok.includes(each))) {
    expect(['ENVIRONMENT_UNREACHABLE', 'JOB_STATE_CHANGED']).toContain(results.get(id))
    expect(recorded(id).join()).not.toContain('ok')
  }
})

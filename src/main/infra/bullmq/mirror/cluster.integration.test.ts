import { Queue, Worker } from 'bullmq'
import { Cluster } from 'ioredis'
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest'
import { startTestCluster, type TestCluster } from '#test-support/cluster.ts'
import { openMirror } from '#test-support/mirroring.ts'

let cluster: TestCluster

beforeAll(async () => {
  cluster = await startTestCluster()
})

afterAll(() => cluster.stop())

test('queues in all slots of a cluster are read and followed, whichever node has them', async () => {
  const names = ['{mail}', '{sms}', '{orders}', '{images}']
  const [{ port }] = cluster.masters
  const { sync, writer } = openMirror(`redis://127.0.0.1:${port}`, {
    queues: () => names,
    link: { profile: { deployment: { type: 'cluster', nodes: [...cluster.nodes] } } },
  })
  const open = <Kind extends Queue | Worker>(make: (connection: Cluster) => Kind) => {
    const connection = new Cluster([...cluster.nodes], {
      redisOptions: { maxRetriesPerRequest: null },
    })
    const made = make(connection)
    onTestFinished(async () => {
      await made.close()
      connection.disconnect()
    })
    return made
  }
  const queues = names.map((name) => open((connection) => new Queue(name, { connection })))
  for (const queue of queues) {
    await queue.addBulk(
      Array.from({ length: 40 }, (_, index) => ({ name: `job-${index % 2}`, data: {} })),
    )
  }
  await vi.waitFor(() => expect(sync.figures()).toMatchObject({ state: 'following' }), {
    timeout: 10_000,
  })
  await vi.waitFor(() => expect(sync.figures().queues).toHaveLength(4), { timeout: 5000 })
  for (const name of names) {
    open(
      (connection) =>
        new Worker(
          name,
          async (job) => {
            if (job.name === 'job-1') throw new Error('no such user')
          },
          { connection },
        ),
    )
  }
  await vi.waitFor(
    () => {
      for (const name of names) {
        const states = writer.rows(name).map(({ state, error }) => `${state} ${error ?? ''}`)
        expect(states.filter((state) => state === 'completed ')).toHaveLength(20)
        expect(states.filter((state) => state === 'failed no such user')).toHaveLength(20)
      }
    },
    { timeout: 10_000, interval: 100 },
  )
  expect(sync.figures().queues.map(({ follow }) => follow)).toEqual(names.map(() => 'stream'))
}, 30_000)

import { Redis } from 'ioredis'
import { freePort, startTestRedis, type TestRedis } from './redis.ts'

const slots = 16_384

export interface TestClusterNode {
  port: number
  server: TestRedis
  /** A client of this very node; it follows no redirection. */
  redis: Redis
  /** The node's id in the cluster. */
  id(): Promise<string>
}

export interface TestCluster {
  nodes: readonly { host: string; port: number }[]
  /** In the order of their slots, as they were at the start. */
  masters: readonly [TestClusterNode, TestClusterNode, TestClusterNode]
  /** The first is that of the first master, and so on; empty unless asked for. */
  replicas: readonly TestClusterNode[]
  /** Starts one more node that knows the others and serves nothing. */
  join: () => Promise<TestClusterNode>
  /** Moves a slot and the keys in it from one master to another, as `redis-cli --cluster` does. */
  move: (slot: number, from: TestClusterNode, to: TestClusterNode) => Promise<void>
  stop(): Promise<void>
}

/**
 * Starts a real cluster of three masters on loopback, with a replica each when asked for; ready when
 * every node says that all slots are served. A master that is gone is replaced after about a second.
 */
export async function startTestCluster(
  options: {
    replicas?: boolean
    /** Further lines of each node's configuration. */
    extra?: readonly string[]
  } = {},
): Promise<TestCluster> {
  const { replicas: replicated = false, extra = [] } = options
  const all: TestClusterNode[] = []
  const start = async () => {
    const node = await startNode(extra)
    all.push(node)
    return node
  }
  const masters = await Promise.all([start(), start(), start()])
  const replicas = replicated ? await Promise.all([start(), start(), start()]) : []
  await Promise.all(
    masters.map(async ({ redis }, index) => {
      await redis.cluster('SET-CONFIG-EPOCH', index + 1)
      await redis.call('cluster', 'ADDSLOTSRANGE', bound(index), bound(index + 1) - 1)
    }),
  )
  const meet = async (one: TestClusterNode, other: TestClusterNode) => {
    const [, bus] = (await other.redis.config('GET', 'cluster-port')) as [string, string]
    await one.redis.call('cluster', 'MEET', '127.0.0.1', other.port, bus)
  }
  const [first] = masters
  for (const node of [...masters, ...replicas]) if (node !== first) await meet(first, node)
  await untilAll(all, async ({ redis }) => (await knownTo(redis)) === all.length)
  for (const [index, { redis }] of replicas.entries()) {
    await redis.cluster('REPLICATE', (await masters[index]?.id()) ?? '')
  }
  await untilAll(all, isServing)
  await untilAll(all, async ({ redis }) => {
    const known = String(await redis.cluster('NODES')).match(/ (?:myself,)?slave /g)?.length ?? 0
    return known === replicas.length
  })
  await untilAll(replicas, async ({ redis }) =>
    (await redis.info('replication')).includes('master_link_status:up'),
  )
  return {
    nodes: masters.map(({ port }) => ({ host: '127.0.0.1', port })),
    masters,
    replicas,
    async join() {
      const node = await start()
      await meet(first, node)
      await untilAll(all, async ({ redis }) => (await knownTo(redis)) === all.length)
      await untilAll([node], isServing)
      return node
    },
    async move(slot, from, to) {
      const [source, target] = await Promise.all([from.id(), to.id()])
      await to.redis.cluster('SETSLOT', slot, 'IMPORTING', source)
      await from.redis.cluster('SETSLOT', slot, 'MIGRATING', target)
      const keys = await from.redis.cluster('GETKEYSINSLOT', slot, 100_000)
      if (keys.length > 0) {
        await from.redis.migrate('127.0.0.1', to.port, '', 0, 5000, 'KEYS', ...keys)
      }
      for (const { redis } of [to, from]) await redis.cluster('SETSLOT', slot, 'NODE', target)
    },
    async stop() {
      for (const { redis } of all) redis.disconnect()
      await Promise.all(all.map(({ server }) => server.stop()))
    },
  }
}

const bound = (index: number) => Math.floor((slots * index) / 3)

async function startNode(extra: readonly string[]): Promise<TestClusterNode> {
  const server = await startTestRedis([
    'cluster-enabled yes',
    'cluster-config-file nodes.conf',
    // The usual one, 10000 above, may be no port at all.
    `cluster-port ${await freePort()}`,
    'cluster-node-timeout 1000',
    // A master that gives its last slot away stays one.
    'cluster-allow-replica-migration no',
    'repl-diskless-sync-delay 0',
    ...extra,
  ])
  const redis = new Redis({
    port: server.port,
    maxRetriesPerRequest: null,
    retryStrategy: () => 100,
  })
  redis.on('error', () => {})
  return { port: server.port, server, redis, id: () => redis.cluster('MYID') }
}

async function isServing({ redis }: TestClusterNode): Promise<boolean> {
  return (await redis.cluster('INFO')).includes('cluster_state:ok')
}

async function knownTo(redis: Redis): Promise<number> {
  const lines = String(await redis.cluster('NODES'))
    .trim()
    .split('\n')
  return lines.filter((line) => !line.includes('handshake')).length
}

/** Resolves when it holds for all. */
async function untilAll(
  nodes: readonly TestClusterNode[],
  holds: (node: TestClusterNode) => Promise<boolean>,
): Promise<void> {
  for (const deadline = Date.now() + 20_000; ;) {
    const held = await Promise.all(nodes.map(holds))
    if (held.every(Boolean)) return
    if (Date.now() > deadline) throw new Error('the cluster did not come up')
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

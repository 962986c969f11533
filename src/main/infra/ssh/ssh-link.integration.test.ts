import { expect, onTestFinished, test, vi } from 'vitest'
import type { Health } from '#shared/contract/connections.ts'
import type { Deployment } from '#shared/contract/profiles.ts'
import type { RedisLink } from '#infra/redis/link.ts'
import { startTestCluster } from '#test-support/cluster.ts'
import { linkTo } from '#test-support/link.ts'
import { startTestRedis } from '#test-support/redis.ts'
import { startSentinelSet, testMaster } from '#test-support/sentinel.ts'
import { sshdWithKey } from '#test-support/ssh-tunnel.ts'
import { startTcpProxy } from '#test-support/tcp-proxy.ts'

/** A link as the console opens it, through a real sshd whose key is pinned, over a link that can be cut. */
async function linkThrough(
  redis: { url: string; deployment?: Deployment },
  { hostKey, sshKey }: { hostKey?: string; sshKey?: string } = {},
) {
  const { server, key } = await sshdWithKey()
  const proxy = await startTcpProxy({ port: server.port })
  onTestFinished(() => proxy.stop())
  const link = linkTo(redis.url, {
    profile: {
      ...(redis.deployment === undefined ? {} : { deployment: redis.deployment }),
      ssh: {
        host: '127.0.0.1',
        port: proxy.port,
        username: server.username,
        authentication: 'key',
        keepAlive: 5,
        hostKey: hostKey ?? server.hostKeys[0]?.fingerprint ?? null,
      },
    },
    secrets: { sshKey: sshKey ?? key.privateKey },
  })
  onTestFinished(() => link.close())
  return { server, proxy, link }
}

const reaches = (link: RedisLink, expected: Partial<Health>) =>
  vi.waitFor(() => expect(link.health()).toMatchObject(expected), {
    timeout: 25_000,
    interval: 20,
  })

async function redisServer() {
  const server = await startTestRedis()
  onTestFinished(() => server.stop())
  return server
}

test('a link goes through the tunnel, and reads and changes share its connection', async () => {
  const redis = await redisServer()
  const { link, proxy } = await linkThrough(redis)
  await reaches(link, { state: 'ready', reason: null, server: `127.0.0.1:${redis.port}` })
  const changes = await link.mutations('a')
  await changes.set('a', '1')
  expect(await link.pipeline([['get', 'a']])).toEqual(['1'])
  expect(proxy.links).toBe(1)
  await link.disconnect()
  await vi.waitFor(() => expect(proxy.links).toBe(0))
})

test('a tunnel that is cut is told, and the link recovers by itself once it can', async () => {
  const { link, proxy } = await linkThrough(await redisServer())
  await reaches(link, { state: 'ready' })
  proxy.refuse()
  proxy.cut()
  await reaches(link, { state: 'reconnecting', reason: 'ssh' })
  expect(link.health().nextTryAt).not.toBeNull()
  proxy.restore()
  await reaches(link, { state: 'ready', reason: null })
  expect(await link.pipeline([['ping']])).toEqual(['PONG'])
})

test('when sshd is killed the link says so, and recovers when it is back', async () => {
  const { link, server } = await linkThrough(await redisServer())
  await reaches(link, { state: 'ready' })
  await server.kill()
  await reaches(link, { state: 'reconnecting', reason: 'ssh' })
  await server.start()
  await reaches(link, { state: 'ready', reason: null })
  expect(await link.pipeline([['ping']])).toEqual(['PONG'])
})

test('when Redis behind the tunnel is gone, that is what is told', async () => {
  const redis = await redisServer()
  const { link, proxy } = await linkThrough(redis)
  await reaches(link, { state: 'ready' })
  await redis.stop()
  await reaches(link, { state: 'reconnecting', reason: 'refused' })
  expect(proxy.links).toBe(1)
})

test('a changed host key and a key that is refused need a person, and are told as such', async () => {
  const redis = await redisServer()
  const changed = await linkThrough(redis, { hostKey: `SHA256:${'A'.repeat(43)}` })
  await reaches(changed.link, { state: 'refused', reason: 'ssh-host-changed' })
  const unreadable = await linkThrough(redis, { sshKey: 'garbage' })
  await reaches(unreadable.link, { state: 'refused', reason: 'ssh-key' })
  await expect(unreadable.link.pipeline([['ping']])).rejects.toMatchObject({
    code: 'ENVIRONMENT_UNREACHABLE',
    data: { reason: 'ssh-key' },
  })
})

test('sentinels are asked through the tunnel, and so is the primary they name', async () => {
  const set = await startSentinelSet()
  onTestFinished(() => set.stop())
  const deployment: Deployment = {
    type: 'sentinel',
    master: testMaster,
    sentinels: [...set.endpoints],
    username: null,
    tls: false,
  }
  const first = set.servers[0]
  const { link, proxy } = await linkThrough({ url: 'redis://127.0.0.1:1', deployment })
  await reaches(link, { state: 'ready', server: `127.0.0.1:${String(first?.port)}` })
  await first?.stop()
  await reaches(link, { state: 'ready', server: `127.0.0.1:${await newPrimary()}` })
  expect(proxy.links).toBe(1)

  async function newPrimary(): Promise<number> {
    return vi.waitFor(
      async () => {
        const port = await set.primaryPort()
        expect(port).not.toBe(first?.port)
        return port
      },
      { timeout: 20_000, interval: 100 },
    )
  }
}, 60_000)

test('all masters of a cluster are reached through one tunnel, which is cut for all', async () => {
  const cluster = await startTestCluster()
  onTestFinished(() => cluster.stop())
  const deployment: Deployment = { type: 'cluster', nodes: cluster.nodes.slice(0, 1) }
  const { link, proxy } = await linkThrough({ url: 'redis://127.0.0.1:1', deployment })
  await reaches(link, { state: 'ready' })
  const keys = Array.from({ length: 30 }, (_, index) => `key:${index}`)
  expect(await link.pipeline(keys.map((key) => ['get', key]))).toEqual(keys.map(() => null))
  expect(proxy.links).toBe(1)
  const states = new Set<string>()
  link.onHealth(({ state }) => states.add(state))
  proxy.cut()
  await vi.waitFor(() => expect([...states]).toContainEqual(expect.not.stringMatching('ready')))
  await reaches(link, { state: 'ready' })
  expect(await link.pipeline(keys.map((key) => ['get', key]))).toEqual(keys.map(() => null))
  expect(proxy.links).toBe(1)
})

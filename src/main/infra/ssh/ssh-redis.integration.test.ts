import { AbstractConnector, Redis } from 'ioredis'
import { once } from 'node:events'
import type { Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { expect, onTestFinished, test } from 'vitest'
import type { Endpoint } from '#shared/contract/profiles.ts'
import { makeAuthority, tlsLines } from '#test-support/certificates.ts'
import { redisUrl } from '#test-support/redis-url.ts'
import { freePort, startTestRedis } from '#test-support/redis.ts'
import { sshdWithKey } from '#test-support/ssh-tunnel.ts'
import { temporaryFolder } from '#test-support/temporary-folder.ts'
import type { SshTunnel } from './ssh-tunnel.ts'

/** Redis through a tunnel, as simply as ioredis allows; `ca` encrypts it. */
function redisThrough(tunnel: SshTunnel, endpoint: Endpoint, ca?: string): Redis {
  class Connector extends AbstractConnector {
    constructor() {
      super(500)
    }

    async connect() {
      this.connecting = true
      const plain = await tunnel.open(endpoint)
      const stream =
        ca === undefined
          ? plain
          : connectTls({ socket: plain, ca, host: endpoint.host, servername: 'localhost' })
      if (ca !== undefined) await once(stream, 'secureConnect')
      this.stream = stream as unknown as Socket
      return this.stream
    }
  }
  const redis = new Redis({ Connector, retryStrategy: () => null }).on('error', () => {})
  onTestFinished(() => redis.disconnect())
  return redis
}

/** Small and large values, one by one and many at once. */
async function expectToWork(redis: Redis, key: string): Promise<void> {
  const value = 'x'.repeat(3_000_000)
  await redis.set(key, value)
  expect(await redis.get(key)).toBe(value)
  const replies = await redis
    .pipeline([
      ['incr', `${key}:count`],
      ['strlen', key],
      ['del', key, `${key}:count`],
    ])
    .exec()
  expect(replies).toEqual([
    [null, 1],
    [null, value.length],
    [null, 2],
  ])
  expect(redis.stream.bytesRead).toBeGreaterThan(value.length)
}

test('Redis answers through a tunnel', async () => {
  const { tunnel } = await sshdWithKey()
  const { port } = new URL(redisUrl())
  const redis = redisThrough(tunnel(), { host: '127.0.0.1', port: Number(port) })
  await expectToWork(redis, 'ssh-redis:plain')
  const ended = once(redis, 'end')
  redis.disconnect()
  expect(await ended).toBeDefined()
})

test('Redis answers through a tunnel with TLS inside', async () => {
  const authority = makeAuthority(temporaryFolder())
  const port = await freePort()
  const server = await startTestRedis(tlsLines(port, authority.issue('server'), authority))
  onTestFinished(() => server.stop())
  const { tunnel, server: bastion } = await sshdWithKey()
  const redis = redisThrough(tunnel(), { host: '127.0.0.1', port }, authority.certificate)
  await expectToWork(redis, 'ssh-redis:tls')

  const closed = once(redis, 'close')
  await bastion.kill()
  await closed
  await bastion.start()
  await redis.connect()
  expect(await redis.ping()).toBe('PONG')
})

test('when the server is killed ioredis sees its connection close, and the next one works', async () => {
  const { server, tunnel } = await sshdWithKey()
  const { port } = new URL(redisUrl())
  const redis = redisThrough(tunnel(), { host: '127.0.0.1', port: Number(port) })
  expect(await redis.ping()).toBe('PONG')
  const closed = once(redis, 'close')
  await server.kill()
  await closed
  await server.start()
  await redis.connect()
  expect(await redis.ping()).toBe('PONG')
})

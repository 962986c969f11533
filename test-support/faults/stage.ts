import { Redis, type RedisOptions } from 'ioredis'
import { afterAll, beforeAll, expect, inject } from 'vitest'
import type { Profile, Secrets } from '../../src/shared/contract/profiles.ts'
import { startTestRedis, type TestRedis } from '../redis.ts'
import { startTcpProxy, type TcpProxy } from '../tcp-proxy.ts'
import { startTestConsole, type TestConsole } from '../web-console.ts'
import { recordFault, type FaultSeen } from './report.ts'
import { WatchedEnvironment } from './watched-environment.ts'

/** Nothing that was acknowledged is lost when the server is killed. */
export const durable = ['appendonly yes', 'appendfsync always']

/**
 * A whole console for the tests of a file, which run side by side: it and all that was started through the
 * stage ends after the last of them. Call at the top.
 */
export function useStage() {
  let console: TestConsole
  const watched: WatchedEnvironment[] = []
  const closing: (() => unknown)[] = []
  const later = <Thing>(thing: Thing, close: (thing: Thing) => unknown): Thing => {
    closing.push(() => close(thing))
    return thing
  }
  beforeAll(async () => {
    console = await startTestConsole(null)
  }, 60_000)
  afterAll(async () => {
    for (const environment of watched) environment.close()
    const verification = await console.fetch('/api/audit/verification')
    expect(await verification.json()).toMatchObject({ intact: true })
    await console.close()
    await Promise.all(closing.map((close) => close()))
  }, 60_000)
  return {
    later,
    /** A Redis that keeps what it has over `kill -9`. */
    async redis(extra: readonly string[] = []): Promise<TestRedis> {
      return later(await startTestRedis([...durable, ...extra]), (server) => server.stop())
    },
    async proxy(port: number): Promise<TcpProxy> {
      return later(await startTcpProxy({ port }), (proxy) => proxy.stop())
    },
    /** The application's own client, which waits for its server as long as it takes. */
    client(options: RedisOptions): Redis {
      const patient = { maxRetriesPerRequest: null, retryStrategy: () => 100 }
      const redis = new Redis({ ...patient, ...options })
      redis.on('error', () => {})
      return later(redis, () => redis.disconnect())
    },
    /** Adds an environment over HTTP, and watches it. */
    async environment(profile: Partial<Profile>, secrets?: Secrets): Promise<WatchedEnvironment> {
      const environment = await WatchedEnvironment.add(console, profile, secrets)
      watched.push(environment)
      return environment
    },
    record(row: FaultSeen): void {
      recordFault(inject('faultsSeen'), row)
    },
  }
}

export type Stage = ReturnType<typeof useStage>

import type { TestProject } from 'vitest/node'
import { startTestRedis } from './redis.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** A Redis for each worker, by its number less one: `redisUrl` says which. */
    redisUrls: string[]
  }
}

/** Files run side by side; each worker has a Redis of its own, so that no file meets another's queues. */
export async function setup(project: TestProject) {
  const servers = await Promise.all(
    Array.from({ length: project.config.maxWorkers }, () => startTestRedis()),
  )
  project.provide(
    'redisUrls',
    servers.map(({ url }) => url),
  )
  return async () => {
    await Promise.all(servers.map((server) => server.stop()))
  }
}

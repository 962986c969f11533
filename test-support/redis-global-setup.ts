import type { TestProject } from 'vitest/node'
import { startTestRedis } from './redis.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** The Redis all integration tests share; each test keeps to queue names of its own. */
    redisUrl: string
  }
}

export async function setup(project: TestProject) {
  const redis = await startTestRedis()
  project.provide('redisUrl', redis.url)
  return () => redis.stop()
}

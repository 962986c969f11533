import { startEmbeddedRedis } from './embedded.ts'
import { startRealRedis } from './real.ts'
import type { DemoRedis } from './types.ts'

/** A Redis server from PATH where one works, else the embedded one. */
export async function startDemoRedis(): Promise<DemoRedis> {
  return (await startRealRedis()) ?? (await startEmbeddedRedis())
}

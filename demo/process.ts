/**
 * The demo's own process: a Redis and the workers that give it life. It ends with the process that
 * forked it, and takes its Redis with it. Settings come by VIGIE_DEMO_SEED and VIGIE_DEMO_STILL.
 */
import { bringToLife } from './life/index.ts'
import type { DemoMessage } from './messages.ts'
import { startDemoRedis } from './redis/index.ts'

const tell = (message: DemoMessage) => {
  if (process.connected) process.send?.(message)
}

const starting = startDemoRedis()
let ending = false
const end = async (code: number) => {
  if (ending) return
  ending = true
  // Closing the workers would wait for jobs that no one needs any more.
  await starting.then((redis) => redis.stop()).catch(() => undefined)
  process.exit(code)
}
process.once('disconnect', () => void end(0))
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => void end(0))

try {
  const redis = await starting
  tell({ type: 'redis', pid: redis.pid, directory: redis.directory })
  void redis.ended.then(() => end(1))
  await bringToLife({
    redisUrl: redis.url,
    seed: Number(process.env['VIGIE_DEMO_SEED'] ?? 1),
    size: redis.embedded ? 'small' : 'full',
    still: process.env['VIGIE_DEMO_STILL'] === '1',
  })
  tell({ type: 'ready', url: redis.url, description: redis.description })
} catch (error) {
  if (!ending) tell({ type: 'failed', problem: error instanceof Error ? error.message : 'unknown' })
  await end(1)
}

import { onTestFinished } from 'vitest'
import { Environments } from '../src/main/core/environments/environments.ts'
import { Locks } from '../src/main/core/environments/locks.ts'
import { EnvironmentRegistry } from '../src/main/core/environments/registry.ts'
import { Jobs } from '../src/main/core/jobs/jobs.ts'
import type { KnownQueues } from '../src/main/core/queues/ports.ts'
import { Queues } from '../src/main/core/queues/queues.ts'
import type { Log } from '../src/main/core/services.ts'
import { BullmqJobReader } from '../src/main/infra/bullmq/jobs/job-reader.ts'
import { RedisQueueReader } from '../src/main/infra/bullmq/queue-reader.ts'
import { memoryAudit } from './audit.ts'
import { linkTo } from './link.ts'
import { idleOpener, memorySecrets, setupFor } from './registry.ts'

export const environment = 'staging'

/** Remembered queues of one environment, kept in memory for the length of a test. */
export function memoryOfQueues(
  names: readonly string[] = [],
): KnownQueues & { names: Set<string> } {
  const known = new Set(names)
  return {
    names: known,
    list: () => [...known],
    remember: (_environment, queues) => queues.forEach((queue) => known.add(queue)),
    forget: (_environment, queues) => queues.forEach((queue) => known.delete(queue)),
  }
}

/** The real reading services over a real Redis; closed when the test ends. */
export function openReading(
  url: string,
  options: {
    prefixes?: readonly string[]
    known?: KnownQueues
    onLog?: (message: string) => void
  } = {},
) {
  const { prefixes = ['bull'], known = memoryOfQueues(), onLog = () => {} } = options
  const write = (_fields: object, message: string) => onLog(message)
  const log: Log = { debug: write, info: write, warn: write, error: write }
  const link = linkTo(url, { environment })
  const jobReader = new BullmqJobReader(link, prefixes)
  const queueReader = new RedisQueueReader(link, prefixes)
  const registry = new EnvironmentRegistry({
    opener: {
      ...idleOpener(),
      open: ({ secrets }) => ({ link, queueReader, jobReader, mirrorSource: {} as never, secrets }),
    },
    secretsOf: () => Promise.resolve({}),
  })
  registry.add({ ...setupFor({ name: 'Staging', prefixes: [...prefixes] }), id: environment })
  const locks = new Locks({ registry, audit: memoryAudit().trail, log })
  const queues = new Queues({ registry, known, log })
  const environments = new Environments({
    registry,
    locks,
    secrets: memorySecrets(),
    queueCount: (id) => queues.names(id).length,
  })
  const jobs = new Jobs({
    readerOf: (id) => registry.get(id).parts.jobReader,
    queuesOf: (id) => queues.names(id),
  })
  onTestFinished(async () => {
    queues.close()
    await link.close()
  })
  return { link, jobReader, environments, queues, jobs }
}

/** The first value of a stream that `wanted` holds for; the stream goes on until the test ends. */
export async function until<Value>(
  values: AsyncIterable<Value>,
  wanted: (value: Value) => boolean,
): Promise<Value> {
  for await (const value of values) if (wanted(value)) return value
  throw new Error('the stream ended before what was waited for')
}

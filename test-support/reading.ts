import { onTestFinished } from 'vitest'
import { Environments } from '../src/main/core/environments/environments.ts'
import { Jobs } from '../src/main/core/jobs/jobs.ts'
import type { KnownQueues } from '../src/main/core/queues/ports.ts'
import { Queues } from '../src/main/core/queues/queues.ts'
import type { Log } from '../src/main/core/services.ts'
import { BullmqJobReader } from '../src/main/infra/bullmq/jobs/job-reader.ts'
import { RedisQueueReader } from '../src/main/infra/bullmq/queue-reader.ts'
import { RedisConnection } from '../src/main/infra/redis/connection.ts'

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
  const link = new RedisConnection({ environment, url })
  const definition = {
    id: environment,
    name: 'Staging',
    kind: 'staging' as const,
    prefixes: [...prefixes],
    readOnly: false,
    demo: false,
  }
  const jobReader = new BullmqJobReader(link, prefixes)
  const environments = new Environments([{ definition, link }])
  const queues = new Queues({
    environments: new Map([[environment, { link, reader: new RedisQueueReader(link, prefixes) }]]),
    known,
    log,
  })
  const jobs = new Jobs({
    readers: new Map([[environment, jobReader]]),
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

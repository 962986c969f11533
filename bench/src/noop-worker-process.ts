/*
 * One BullMQ worker with default settings whose jobs do nothing, told over IPC when to work.
 * Arguments: the port of Redis, the key prefix, the queue.
 */
import { Worker } from 'bullmq'

export type WorkerCommand = 'work' | 'rest' | 'count'

export interface WorkerReading {
  completed: number
  /** Milliseconds of a clock that never goes back. */
  at: number
}

const [port = '', prefix = '', queue = ''] = process.argv.slice(2)
let completed = 0
const worker = new Worker(queue, () => Promise.resolve(), {
  prefix,
  connection: { host: '127.0.0.1', port: Number(port), maxRetriesPerRequest: null },
})
worker.on('completed', () => {
  completed += 1
})
await worker.waitUntilReady()
await worker.pause()

const commands: Record<WorkerCommand, () => Promise<unknown>> = {
  work: async () => worker.resume(),
  rest: () => worker.pause(),
  count: () => Promise.resolve(),
}
async function obey(command: WorkerCommand) {
  await commands[command]()
  process.send?.({ completed, at: performance.now() } satisfies WorkerReading)
}
process.on('message', (command: WorkerCommand) => void obey(command))
process.send?.('ready')

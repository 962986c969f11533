import { fork } from 'node:child_process'
import { join } from 'node:path'
import type { DemoRedis } from './types.ts'

/** The server in JavaScript, in a process of its own so that it slows neither workers nor console. */
export async function startEmbeddedRedis(): Promise<DemoRedis> {
  const child = fork(join(import.meta.dirname, 'embedded-process.ts'), {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => resolve())
    child.once('error', () => resolve())
  })
  const url = await Promise.race([
    new Promise<string>((resolve) => child.once('message', (url: string) => resolve(url))),
    ended.then(() => null),
  ])
  if (url === null || child.pid === undefined) throw new Error('The embedded Redis did not start')
  return {
    url,
    pid: child.pid,
    directory: null,
    embedded: true,
    description: 'the embedded js-redis-server, with a small data set',
    ended,
    async stop() {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM')
      await ended
    },
  }
}

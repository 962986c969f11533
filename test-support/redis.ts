import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { once } from 'node:events'
import { endWithThisProcess } from './children.ts'
import { freePort } from './free-port.ts'

export { freePort } from './free-port.ts'

export interface TestRedis {
  url: string
  port: number
  readonly process: ChildProcess
  /** Ends it as `kill -9` does, and leaves its folder. */
  kill(): Promise<void>
  /**
   * Starts it again on the same port and with the same folder. Resolves when it accepts connections, or as
   * soon as it reads its data where `loading` is asked for.
   */
  start(options?: { loading?: boolean }): Promise<void>
  stop(): Promise<void>
}

/**
 * Starts a real redis-server of its own for a test, on loopback, with nothing on disk but a
 * temporary folder. `extra` are lines of redis.conf.
 */
export async function startTestRedis(extra: readonly string[] = []): Promise<TestRedis> {
  const directory = await mkdtemp(join(tmpdir(), 'vigie-test-redis-'))
  const port = await freePort()
  const lines = [
    'bind 127.0.0.1',
    `port ${port}`,
    `dir ${directory}`,
    'save ""',
    'appendonly no',
    'maxmemory-policy noeviction',
    ...extra,
    '',
  ]
  let running: { child: ChildProcess; ended: () => void }
  const start = async ({ loading = false } = {}) => {
    const child = spawn('redis-server', ['-'], { stdio: ['pipe', 'pipe', 'inherit'] })
    running = { child, ended: endWithThisProcess(child, directory) }
    child.stdin.end(lines.join('\n'))
    await new Promise<void>((resolve, reject) => {
      let output = ''
      child.stdout.on('data', (chunk: Buffer) => {
        output += chunk.toString()
        if (loading && output.includes('Server initialized')) resolve()
        if (output.includes('Ready to accept connections')) resolve()
      })
      child.once('error', reject)
      child.once('exit', (code) =>
        reject(new Error(`redis-server ended with ${String(code)}: ${output}`)),
      )
    })
  }
  // A Redis that is busy with a script obeys nothing less.
  const end = async () => {
    const { child, ended } = running
    if (child.exitCode === null && child.signalCode === null) {
      child.kill('SIGKILL')
      await once(child, 'exit')
    }
    ended()
  }
  await start()
  return {
    url: `redis://127.0.0.1:${port}`,
    port,
    get process() {
      return running.child
    },
    kill: end,
    start,
    async stop() {
      await end()
      await rm(directory, { recursive: true, force: true })
    },
  }
}

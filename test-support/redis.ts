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
  process: ChildProcess
  stop(): Promise<void>
}

/**
 * Starts a real redis-server of its own for a test, on loopback, with nothing on disk but a
 * temporary folder. `extra` are lines of redis.conf.
 */
export async function startTestRedis(extra: readonly string[] = []): Promise<TestRedis> {
  const directory = await mkdtemp(join(tmpdir(), 'vigie-test-redis-'))
  const port = await freePort()
  const child = spawn('redis-server', ['-'], { stdio: ['pipe', 'pipe', 'inherit'] })
  const ended = endWithThisProcess(child, directory)
  child.stdin.end(
    [
      'bind 127.0.0.1',
      `port ${port}`,
      `dir ${directory}`,
      'save ""',
      'appendonly no',
      'maxmemory-policy noeviction',
      ...extra,
      '',
    ].join('\n'),
  )
  await new Promise<void>((resolve, reject) => {
    let output = ''
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString()
      if (output.includes('Ready to accept connections')) resolve()
    })
    child.once('error', reject)
    child.once('exit', (code) =>
      reject(new Error(`redis-server ended with ${String(code)}: ${output}`)),
    )
  })
  return {
    url: `redis://127.0.0.1:${port}`,
    port,
    process: child,
    async stop() {
      if (child.exitCode === null && child.signalCode === null) {
        child.kill('SIGTERM')
        await once(child, 'exit')
      }
      await rm(directory, { recursive: true, force: true })
      ended()
    },
  }
}

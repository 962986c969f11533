import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Redis } from 'ioredis'
import { endWithThisProcess } from './children.ts'
import { freePort, startTestRedis, type TestRedis } from './redis.ts'

/** The name the sentinels know the primary by. */
export const testMaster = 'main'

export interface TestSentinel {
  port: number
  process: ChildProcess
  stop(): Promise<void>
}

export interface SentinelSet {
  sentinels: readonly TestSentinel[]
  /** The first is the primary at the start. */
  servers: readonly TestRedis[]
  endpoints: readonly { host: string; port: number }[]
  /** Port of the primary as the first sentinel that answers says. */
  primaryPort(): Promise<number>
  stop(): Promise<void>
}

/**
 * Starts a primary, two replicas and three sentinels with a quorum of two, which take a primary for gone
 * after a second. Ready when all know each other. With `password` the servers, with `sentinelPassword`
 * the sentinels ask for one.
 */
export async function startSentinelSet(
  options: {
    host?: '127.0.0.1' | '::1'
    password?: string
    sentinelPassword?: string
    /** Further lines of each server's configuration. */
    extra?: readonly string[]
  } = {},
): Promise<SentinelSet> {
  const { host = '127.0.0.1', password, sentinelPassword, extra = [] } = options
  const lines = [
    `bind ${host}`,
    'repl-diskless-sync-delay 0',
    ...(password === undefined ? [] : [`requirepass ${password}`, `masterauth ${password}`]),
    ...extra,
  ]
  const primary = await startTestRedis(lines)
  const following = [...lines, `replicaof ${host} ${primary.port}`]
  const servers = [
    primary,
    ...(await Promise.all([startTestRedis(following), startTestRedis(following)])),
  ]
  const server = new Redis({
    host,
    port: primary.port,
    ...(password === undefined ? {} : { password }),
  })
  await until(async () => (await server.info('replication')).match(/state=online/g)?.length === 2)
  server.disconnect()

  const configuration = [
    `bind ${host}`,
    `sentinel monitor ${testMaster} ${host} ${primary.port} 2`,
    `sentinel down-after-milliseconds ${testMaster} 1000`,
    `sentinel failover-timeout ${testMaster} 3000`,
    ...(password === undefined ? [] : [`sentinel auth-pass ${testMaster} ${password}`]),
    ...(sentinelPassword === undefined
      ? []
      : [`requirepass ${sentinelPassword}`, `sentinel sentinel-pass ${sentinelPassword}`]),
  ]
  const sentinels = await Promise.all([1, 2, 3].map(() => startSentinel(configuration)))
  const clients = sentinels.map(({ port }) => {
    const client = new Redis({
      host,
      port,
      ...(sentinelPassword === undefined ? {} : { password: sentinelPassword }),
      maxRetriesPerRequest: 0,
      retryStrategy: () => 100,
    })
    return client.on('error', () => {})
  })
  await until(async () => {
    const told = await Promise.all(
      clients.map((client) => client.call('sentinel', 'MASTER', testMaster) as Promise<string[]>),
    )
    return told.every(
      (fields) =>
        valueOf(fields, 'num-slaves') === '2' && valueOf(fields, 'num-other-sentinels') === '2',
    )
  })
  return {
    sentinels,
    servers,
    endpoints: sentinels.map(({ port }) => ({ host, port })),
    primaryPort: () =>
      Promise.any(
        clients.map(async (client) => {
          const told = await client.call('sentinel', 'GET-MASTER-ADDR-BY-NAME', testMaster)
          return Number((told as string[])[1])
        }),
      ),
    async stop() {
      for (const client of clients) client.disconnect()
      // First, lest they begin a failover.
      await Promise.all(sentinels.map((sentinel) => sentinel.stop()))
      await Promise.all(servers.map((one) => one.stop()))
    },
  }
}

const valueOf = (fields: readonly string[], name: string) => fields[fields.indexOf(name) + 1]

/**
 * Starts one sentinel; a `port` among the lines of its configuration takes the place of the free one. It
 * keeps its state in its configuration file, so it cannot be told by standard input.
 */
export async function startSentinel(configuration: readonly string[]): Promise<TestSentinel> {
  const directory = await mkdtemp(join(tmpdir(), 'vigie-test-sentinel-'))
  const port = await freePort()
  const file = join(directory, 'sentinel.conf')
  await writeFile(file, [`port ${port}`, `dir ${directory}`, ...configuration, ''].join('\n'))
  const child = spawn('redis-server', [file, '--sentinel'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = endWithThisProcess(child, directory)
  await new Promise<void>((resolve, reject) => {
    let output = ''
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString()
      if (output.includes('+monitor')) resolve()
    })
    child.once('error', reject)
    child.once('exit', (code) =>
      reject(new Error(`redis-server --sentinel ended with ${String(code)}: ${output}`)),
    )
  })
  return {
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

async function until(holds: () => Promise<boolean>): Promise<void> {
  for (const deadline = Date.now() + 20_000; ;) {
    if (await holds().catch(() => false)) return
    if (Date.now() > deadline) throw new Error('the sentinels did not find each other')
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

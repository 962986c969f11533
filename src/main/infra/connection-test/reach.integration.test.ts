import { once } from 'node:events'
import { chmod } from 'node:fs/promises'
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import { createServer as createHttpServer } from 'node:http'
import { join } from 'node:path'
import { Redis } from 'ioredis'
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest'
import { local, reportOf, stopOf } from '#test-support/connection-test.ts'
import { freePort } from '#test-support/free-port.ts'
import { startTestRedis, type TestRedis } from '#test-support/redis.ts'
import { temporaryFolder } from '#test-support/temporary-folder.ts'

let redis: TestRedis
const password = 'correct-horse-battery-staple'

beforeAll(async () => {
  redis = await startTestRedis([`requirepass ${password}`])
})

afterAll(() => redis.stop())

/** A port of this machine that does what is asked with each connection. */
async function listening(answer: (socket: Socket) => void): Promise<number> {
  return portOf(
    createServer((socket) => {
      socket.on('error', () => {})
      answer(socket)
    }),
  )
}

async function portOf(server: Server): Promise<number> {
  const sockets = new Set<Socket>()
  server.on('connection', (socket: Socket) => sockets.add(socket))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  return (server.address() as AddressInfo).port
}

describe('where nothing useful is there', () => {
  test('a name that nobody knows', async () => {
    const report = await reportOf(local(6379, 'no-such-host.invalid'))
    expect(stopOf(report)).toBe('resolve unresolved')
    expect(report.step('resolve').facts).toEqual({ host: 'no-such-host.invalid' })
    expect(report.lines.slice(1).every((line) => line.endsWith(' skipped'))).toBe(true)
    expect(report.lines).toContain('queues skipped')
  })

  test('a port where nobody listens', async () => {
    const report = await reportOf(local(await freePort()))
    expect(stopOf(report)).toBe('tcp refused')
    expect(report.lines[0]).toBe('resolve ok')
  })

  test('a port that never answers', async () => {
    const port = await listening(() => {})
    const report = await reportOf(local(port), {}, { patience: 300 })
    expect(stopOf(report)).toBe('auth timeout')
  })

  test('a web server', async () => {
    const port = await portOf(createHttpServer((_, response) => response.end('hello')))
    expect(stopOf(await reportOf(local(port)))).toBe('auth not-redis')
  })

  test('servers that speak first', async () => {
    for (const hello of ['SSH-2.0-OpenSSH_9.2\r\n', '220 mail ESMTP\r\n', '+OK POP3 ready\r\n']) {
      const port = await listening((socket) => socket.write(hello))
      expect(stopOf(await reportOf(local(port)))).toBe('auth not-redis')
    }
  })

  test('one that closes at once', async () => {
    const port = await listening((socket) => socket.end())
    expect(stopOf(await reportOf(local(port)))).toBe('auth closed')
  })

  test('a socket that is missing, and a file that is none', async () => {
    const folder = temporaryFolder()
    const missing = { type: 'socket' as const, path: join(folder, 'redis.sock') }
    const report = await reportOf({ deployment: missing })
    expect(report.lines.slice(0, 2)).toEqual(['tcp failed socket-missing', 'auth skipped'])
    const file = { type: 'socket' as const, path: join(import.meta.dirname, 'reach.ts') }
    expect(stopOf(await reportOf({ deployment: file }))).toBe('tcp refused')
  })
})

describe('a Redis', () => {
  test('at a socket', async () => {
    const path = join(temporaryFolder(), 'redis.sock')
    const server = await startTestRedis([`unixsocket ${path}`])
    onTestFinished(() => server.stop())
    await chmod(path, 0o700)
    const report = await reportOf({ deployment: { type: 'socket', path } })
    expect(stopOf(report)).toBeNull()
    expect(report.lines.slice(0, 2)).toEqual(['tcp ok', 'auth ok'])
    expect(report.step('tcp').facts).toEqual({ server: path })
  })

  test('by a name, with every address it has', async () => {
    const report = await reportOf(local(redis.port, 'localhost'), { password })
    expect(stopOf(report)).toBeNull()
    const { facts } = report.step('resolve')
    expect(facts).toMatchObject({ host: 'localhost' })
    expect(facts['addresses']).toContain('127.0.0.1')
    expect(report.step('tcp').facts).toEqual({
      server: `localhost:${redis.port}`,
      address: `127.0.0.1:${redis.port}`,
    })
  })

  test('with a wrong password, without one, and with one it does not ask for', async () => {
    expect(stopOf(await reportOf(local(redis.port), { password: 'wrong' }))).toBe(
      'auth password-wrong',
    )
    expect(stopOf(await reportOf(local(redis.port)))).toBe('auth password-missing')
    const user = { ...local(redis.port), username: 'nobody' }
    expect(stopOf(await reportOf(user, { password }))).toBe('auth password-wrong')
    expect(stopOf(await reportOf(user))).toBe('auth password-missing')
    const open = await startTestRedis()
    onTestFinished(() => open.stop())
    expect(stopOf(await reportOf(local(open.port), { password }))).toBeNull()
  })

  test('with a database it has, and one it has not', async () => {
    const chosen = await reportOf({ ...local(redis.port), database: 3 }, { password })
    expect(stopOf(chosen)).toBeNull()
    expect(chosen.step('select').facts).toEqual({ database: 3 })
    const report = await reportOf({ ...local(redis.port), database: 16 }, { password })
    expect(stopOf(report)).toBe('select database-unknown')
    expect(report.step('select').facts).toEqual({ database: 16 })
  })

  test('that lets in nobody from elsewhere', async () => {
    const port = await listening((socket) => {
      socket.end('-DENIED Redis is running in protected mode because protected mode is enabled\r\n')
    })
    expect(stopOf(await reportOf(local(port)))).toBe('auth protected-mode')
  })

  test('that has as many connections as it allows', async () => {
    const full = await startTestRedis(['maxclients 1'])
    onTestFinished(() => full.stop())
    const first = new Redis(full.url)
    onTestFinished(() => first.disconnect())
    await first.ping()
    expect(stopOf(await reportOf(local(full.port)))).toBe('auth too-many-connections')
  })

  test('that is held up by a script', async () => {
    const held = await startTestRedis(['busy-reply-threshold 10'])
    onTestFinished(() => held.stop())
    const [script, other] = [new Redis(held.url), new Redis(held.url)]
    onTestFinished(() => [script, other].forEach((one) => one.disconnect()))
    await other.ping()
    script.eval('while true do end', 0).catch(() => {})
    await vi.waitFor(async () => {
      await expect(other.get('key')).rejects.toThrow('BUSY')
    })
    expect(stopOf(await reportOf(local(held.port)))).toBe('auth busy')
    await other.script('KILL')
  })
})

describe('the test itself', () => {
  test('no connection stays, however it ends', async () => {
    const counter = new Redis(redis.url, { password })
    onTestFinished(() => counter.disconnect())
    const clients = async () =>
      String(await counter.client('LIST'))
        .trim()
        .split('\n').length
    await reportOf(local(redis.port), { password })
    await reportOf({ ...local(redis.port), database: 99 }, { password })
    await vi.waitFor(async () => expect(await clients()).toBe(1))
  })

  test('ends at once when it is cancelled', async () => {
    const port = await listening(() => {})
    const cancel = new AbortController()
    const running = reportOf(local(port), {}, { signal: cancel.signal })
    cancel.abort()
    expect((await running).lines.every((line) => line.endsWith(' ok'))).toBe(true)
  })

  test('tells no secret, not even to a server that repeats it', async () => {
    const port = await listening((socket) => {
      socket.on('data', (chunk: Buffer) => {
        const said = chunk.toString()
        if (said.includes('PING')) socket.write('-NOAUTH Authentication required.\r\n')
        else socket.write(`-ERR ${password} ${said.replaceAll(/\s+/g, ' ')}\r\n`)
      })
    })
    const report = await reportOf(local(port), { password }, { patience: 500 })
    expect(stopOf(report)).toContain('auth ')
    expect(JSON.stringify(report.steps)).not.toContain('horse')
  })
})

import { once } from 'node:events'
import { setTimeout as delay } from 'node:timers/promises'
import { afterEach, describe, expect, test, vi } from 'vitest'
import type { WebSocket } from 'ws'
import { healthFor, noCost, unknownRights } from '#test-support/registry.ts'
import { clientOver, startTestConsole, type TestConsole } from '#test-support/web-console.ts'
import { defaultSocketLimits, type SocketLimits } from './sockets.ts'

let running: TestConsole
afterEach(() => running.close())

const start = async (limits: Partial<SocketLimits> = {}) => {
  running = await startTestConsole(null, { socketLimits: { ...defaultSocketLimits, ...limits } })
}

async function open(): Promise<WebSocket> {
  const socket = running.socket()
  await once(socket, 'open')
  return socket
}

const closeCode = async (socket: WebSocket): Promise<number> => {
  const [code] = (await once(socket, 'close')) as [number]
  return code
}

describe('a socket', () => {
  test('carries calls, errors with their code, and streams', async () => {
    await start()
    const client = clientOver(await open())
    expect(await client.environments.list()).toEqual([])
    await expect(client.queues.list({ environment: 'none' })).rejects.toMatchObject({
      code: 'ENVIRONMENT_NOT_FOUND',
      status: 404,
      data: { environment: 'none' },
      defined: true,
    })
    const stream = await client.settings.watch()
    expect((await stream.next()).value).toEqual({ language: 'system', theme: 'system' })
    await client.settings.update({ theme: 'dark' })
    expect((await stream.next()).value).toEqual({ language: 'system', theme: 'dark' })
    await stream.return?.()
  })

  test('tells the code when a stream fails', async () => {
    await start()
    const client = clientOver(await open())
    const stream = await client.queues.watch({ environment: 'none' })
    await expect(stream.next()).rejects.toMatchObject({
      code: 'ENVIRONMENT_NOT_FOUND',
      defined: true,
    })
  })

  test('may not say more than a megabyte at once', async () => {
    await start()
    const socket = await open()
    socket.send('x'.repeat(1024 * 1024 + 1))
    expect(await closeCode(socket)).toBe(1009)
  })

  test.each(['nonsense', '{}', '[]', '{"i":1}', 'null'])('%j on it ends it', async (message) => {
    await start()
    const socket = await open()
    socket.send(message)
    expect(await closeCode(socket)).toBe(1007)
  })

  test('may not hold more calls than allowed', async () => {
    await start({ calls: 3 })
    const socket = await open()
    const client = clientOver(socket)
    const streams = [client.settings.watch(), client.settings.watch(), client.settings.watch()]
    for (const stream of await Promise.all(streams)) await stream.next()
    const closed = closeCode(socket)
    await expect(client.about.get()).rejects.toThrow(/closed|abort/i)
    expect(await closed).toBe(1008)
  })

  test('is refused when there are too many', async () => {
    await start({ connections: 2 })
    const first = await open()
    await open()
    const refused = running.socket()
    const [, response] = (await once(refused, 'unexpected-response')) as [
      unknown,
      { statusCode: number },
    ]
    expect(response.statusCode).toBe(503)
    first.close()
    await once(first, 'close')
    await vi.waitFor(async () => expect((await open()).readyState).toBe(1))
  })

  test('that is not read is cut, and costs no more than its bound', async () => {
    await start({ unread: 256 * 1024, unreadFor: 100, calls: Infinity })
    const socket = await open()
    socket.pause()
    const closed = closeCode(socket)
    // Many small questions with larger answers, of which none is read.
    let asked = 0
    const ask = () => {
      for (let index = 0; index < 200; index += 1) {
        asked += 1
        const body = { json: { environment: 'x', id: 7 } }
        socket.send(JSON.stringify({ i: String(asked), p: { u: '/jobs/find', b: body } }))
      }
      return asked < 200_000 && socket.readyState === socket.OPEN
    }
    while (ask()) await delay(1)
    socket.resume()
    expect(await closed).toBe(1006)
    expect(asked).toBeLessThan(200_000)
  })

  test('that is not read stops its streams instead of filling memory', async () => {
    let yielded = 0
    const health = healthFor({ redisVersion: 'x'.repeat(256 * 1024) })
    async function* watch() {
      for (; yielded < 400; yielded += 1) yield { health, rights: unknownRights, cost: noCost }
    }
    running = await startTestConsole(null, { replace: { environments: { watch } } })
    const socket = await open()
    const stream = await clientOver(socket).environments.watch({ environment: 'x' })
    await stream.next()
    socket.pause()
    let before = -1
    await vi.waitUntil(() => yielded === before || ((before = yielded), false), {
      interval: 300,
      timeout: 10_000,
    })
    expect(yielded).toBeLessThan(200)
    socket.resume()
    await vi.waitUntil(() => yielded === 400, 10_000)
    expect(socket.readyState).toBe(socket.OPEN)
  })

  test('that no longer answers is cut', async () => {
    await start({ heartbeat: 50 })
    const healthy = await open()
    const silent = running.socket('/rpc', {
      headers: { authorization: `Bearer ${running.token}` },
      autoPong: false,
    })
    await once(silent, 'open')
    expect(await closeCode(silent)).toBe(1006)
    expect(healthy.readyState).toBe(1)
  })
})

describe('closing', () => {
  test('ends sockets and streams, frees the port, and resolves', async () => {
    await start()
    const socket = await open()
    const closed = closeCode(socket)
    const stream = await running.fetch('/api/settings/live')
    const reader = stream.body?.getReader()
    await reader?.read()
    const ended = (async () => {
      for (;;) if ((await reader?.read())?.done !== false) return
    })().catch(() => {})
    const started = performance.now()
    await running.web.close()
    expect(performance.now() - started).toBeLessThan(1500)
    expect(await closed).toBe(1001)
    await ended
    await expect(fetch(running.origin)).rejects.toThrow('fetch failed')
    running.web.close = () => Promise.resolve()
  })
})

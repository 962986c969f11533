import { once } from 'node:events'
import { connect, createServer, type Server, type Socket } from 'node:net'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { startTcpProxy, type TcpProxy } from './tcp-proxy.ts'

let echo: Server
let proxy: TcpProxy
let client: Socket
let received: string

async function link(): Promise<Socket> {
  const socket = connect({ host: '127.0.0.1', port: proxy.port })
  socket.on('data', (chunk: Buffer) => {
    received += chunk.toString()
  })
  socket.on('error', () => undefined)
  await once(socket, 'connect')
  return socket
}

/** Unlike `once`, which rejects: here the error is what the test wants. */
async function closed(socket: Socket): Promise<void> {
  return new Promise((resolve) => socket.once('close', () => resolve()))
}

beforeEach(async () => {
  received = ''
  echo = createServer((socket) => {
    socket.on('error', () => undefined)
    socket.pipe(socket)
  }).listen(0, '127.0.0.1')
  await once(echo, 'listening')
  const address = echo.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  proxy = await startTcpProxy({ port: address.port })
  client = await link()
})

afterEach(async () => {
  client.destroy()
  await proxy.stop()
  echo.close()
})

test('passes bytes both ways and counts them', async () => {
  client.write('hello')
  await vi.waitFor(() => expect(received).toBe('hello'))
  expect(proxy.sent).toBe(5)
  expect(proxy.received).toBe(5)
  expect(proxy.links).toBe(1)
})

test('holds bytes while paused and delivers them in order afterwards', async () => {
  proxy.pause()
  client.write('one ')
  await vi.waitFor(() => expect(proxy.sent).toBe(4))
  client.write('two')
  await vi.waitFor(() => expect(proxy.sent).toBe(7))
  expect(received).toBe('')
  proxy.restore()
  await vi.waitFor(() => expect(received).toBe('one two'))
})

test('adds a delay in each direction', async () => {
  proxy.delay(40)
  const start = performance.now()
  client.write('late')
  await vi.waitFor(() => expect(received).toBe('late'), { interval: 2 })
  expect(performance.now() - start).toBeGreaterThanOrEqual(78)
})

test('loses packets without losing or mixing up bytes', async () => {
  proxy.lose(0.5)
  const words = Array.from({ length: 30 }, (_, index) => `${index} `)
  let sent = 0
  for (const word of words) {
    client.write(word)
    sent += word.length
    const soFar = sent
    // A chunk for each word.
    await vi.waitFor(() => expect(proxy.sent).toBe(soFar), { interval: 1 })
  }
  await vi.waitFor(() => expect(received).toBe(words.join('')), { timeout: 15_000 })
}, 20_000)

test('cuts open links and accepts new ones', async () => {
  const gone = closed(client)
  proxy.cut()
  await gone
  client = await link()
  client.write('again')
  await vi.waitFor(() => expect(received).toBe('again'))
})

test('ends new links at once while refusing, and leaves open ones alone', async () => {
  proxy.refuse()
  const refused = connect({ host: '127.0.0.1', port: proxy.port })
  refused.on('error', () => undefined)
  await closed(refused)
  client.write('still here')
  await vi.waitFor(() => expect(received).toBe('still here'))
})

import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import type { Socket } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { expect, onTestFinished, test, vi } from 'vitest'
import type { Secrets } from '#shared/contract/profiles.ts'
import { freePort } from '#test-support/free-port.ts'
import { listener, refusalOf, sshdWithKey } from '#test-support/ssh-tunnel.ts'
import { startTcpProxy } from '#test-support/tcp-proxy.ts'
import type { SshError } from './ssh-error.ts'
import type { SshTunnel } from './ssh-tunnel.ts'

/** The machine may be busy. */
const eventually = (check: () => void) => vi.waitFor(check, { timeout: 15_000, interval: 20 })

/** A server behind a link that can be counted and cut. */
async function behindProxy(options: Parameters<typeof sshdWithKey>[0] = {}) {
  const { server, tunnel } = await sshdWithKey(options)
  const proxy = await startTcpProxy({ port: server.port })
  onTestFinished(() => proxy.stop())
  const choices = { knownHosts: server.knownHosts(`[127.0.0.1]:${proxy.port}`) }
  return {
    server,
    proxy,
    tunnel: (changes: Parameters<typeof tunnel>[0] = {}, more: object = {}) =>
      tunnel({ port: proxy.port, ...changes }, { ...choices, ...more }),
  }
}

function lossesOf(tunnel: SshTunnel): SshError[] {
  const losses: SshError[] = []
  tunnel.onLost((error) => losses.push(error))
  return losses
}

test('all streams share one connection, and asking for the secrets', async () => {
  const { proxy, tunnel } = await behindProxy()
  const shared = tunnel()
  const target = await listener()
  const streams = await Promise.all([1, 2, 3, 4, 5].map(() => shared.open(target)))
  expect(proxy.links).toBe(1)
  for (const [index, stream] of streams.entries()) {
    stream.write(String(index))
    expect(String(await once(stream, 'data'))).toBe(String(index))
    expect(stream).toMatchObject({ bytesRead: 1, bytesWritten: 1, connecting: false })
    expect(stream).toMatchObject({ remoteAddress: target.host, remotePort: target.port })
  }
})

test('secrets are asked for at each connect', async () => {
  const { key, server, tunnel } = await sshdWithKey()
  const secrets = vi.fn<() => Promise<Secrets>>(() => Promise.resolve({ sshKey: key.privateKey }))
  const asking = tunnel({}, { secrets })
  expect(secrets).not.toHaveBeenCalled()
  await Promise.all([asking.connect(), asking.connect()])
  expect(secrets).toHaveBeenCalledTimes(1)
  const lost = new Promise((resolve) => asking.onLost(resolve))
  await server.kill()
  await lost
  await server.start()
  await asking.connect()
  expect(secrets).toHaveBeenCalledTimes(2)
})

test('a failure to get the secrets leaves as it is, and the next try asks again', async () => {
  const { key, tunnel } = await sshdWithKey()
  const gone = new Error('keychain gone')
  const secrets = vi
    .fn<() => Promise<Secrets>>(() => Promise.resolve({ sshKey: key.privateKey }))
    .mockRejectedValueOnce(gone)
  const asking = tunnel({}, { secrets })
  expect(await refusalOf(asking.connect())).toBe(gone)
  await asking.connect()
})

test('when the server is killed all streams close without an error; the next open works', async () => {
  const { server, tunnel } = await sshdWithKey()
  const shared = tunnel()
  const losses = lossesOf(shared)
  const target = await listener()
  const streams = await Promise.all([shared.open(target), shared.open(target)])
  const errors = vi.fn<() => void>()
  const closes = streams.map((stream) => {
    stream.on('error', errors)
    stream.write('unanswered')
    return new Promise<void>((resolve) => stream.on('close', resolve))
  })
  await server.kill()
  await Promise.all(closes)
  expect(errors).not.toHaveBeenCalled()
  expect(streams.every(({ destroyed }) => destroyed)).toBe(true)
  expect(losses).toMatchObject([{ reason: 'closed', step: 'ssh' }])
  expect(await refusalOf(shared.open(target))).toMatchObject({ reason: 'refused', step: 'ssh' })

  await server.start()
  const stream = await shared.open(target)
  stream.write('again')
  expect(String(await once(stream, 'data'))).toBe('again')
  expect(losses).toHaveLength(1)
})

test('a connection that is cut (RST) is lost as one that was closed', async () => {
  const { proxy, tunnel } = await behindProxy()
  const shared = tunnel()
  const losses = lossesOf(shared)
  const stream = await shared.open(await listener())
  const closed = once(stream, 'close')
  proxy.cut()
  await closed
  await eventually(() => expect(losses).toMatchObject([{ reason: 'closed' }]))
})

test('a frozen server is noticed by the keep-alive', async () => {
  const { server, tunnel } = await sshdWithKey()
  const shared = tunnel({ keepAlive: 0.3 })
  const losses = lossesOf(shared)
  const target = await listener()
  const stream = await shared.open(target)
  const closed = once(stream, 'close')
  for (const pid of server.sessions()) process.kill(pid, 'SIGSTOP')
  await closed
  await eventually(() => expect(losses).toMatchObject([{ reason: 'timeout', step: 'ssh' }]))
  const again = await shared.open(target)
  again.write('again')
  expect(String(await once(again, 'data'))).toBe('again')
})

test('the keep-alive leaves a silent tunnel alone as long as the server answers', async () => {
  const { proxy, tunnel } = await behindProxy()
  const shared = tunnel({ keepAlive: 0.3 })
  const losses = lossesOf(shared)
  const stream = await shared.open(await listener())
  // An answer takes some forty bytes; more of them than may go missing.
  const before = proxy.received
  await eventually(() => expect(proxy.received - before).toBeGreaterThan(200))
  expect(losses).toEqual([])
  stream.write('still there')
  expect(String(await once(stream, 'data'))).toBe('still there')
})

test('a stream that is asked for in vain, without a sign of life, ends the tunnel', async () => {
  const { proxy, tunnel } = await behindProxy()
  const shared = tunnel({}, { timeout: 2000 })
  const losses = lossesOf(shared)
  const target = await listener()
  await shared.connect()
  proxy.pause()
  expect(await refusalOf(shared.open(target))).toMatchObject({ reason: 'timeout', step: 'ssh' })
  await eventually(() => expect(losses).toMatchObject([{ reason: 'timeout' }]))
  proxy.restore()
  await shared.open(target)
})

test('closing ends every stream and the connection; a later open begins anew', async () => {
  const { proxy, tunnel } = await behindProxy()
  const shared = tunnel()
  const losses = lossesOf(shared)
  const target = await listener()
  const stream = await shared.open(target)
  const closed = once(stream, 'close')
  await shared.close()
  await closed
  await eventually(() => expect(proxy.links).toBe(0))
  expect(losses).toEqual([])
  await shared.open(target)
  expect(proxy.links).toBe(1)
})

test('closing does not wait for a server that is frozen', async () => {
  const { proxy, tunnel } = await behindProxy()
  const shared = tunnel()
  await shared.connect()
  proxy.pause()
  await expect(shared.close()).resolves.toBeUndefined()
})

test('closing while it connects ends that', async () => {
  const { proxy, tunnel } = await behindProxy()
  const shared = tunnel()
  proxy.pause()
  const refused = refusalOf(shared.connect())
  await eventually(() => expect(proxy.links).toBe(1))
  await shared.close()
  expect(await refused).toMatchObject({ reason: 'closed' })
  await eventually(() => expect(proxy.links).toBe(0))
})

test('what the server does not forward, or does not find, is told apart', async () => {
  const { tunnel } = await sshdWithKey()
  const shared = tunnel()
  expect(await refusalOf(shared.open({ host: '127.0.0.1', port: await freePort() }))).toMatchObject(
    { reason: 'refused', step: 'tcp' },
  )
  expect(await refusalOf(shared.open({ host: 'nowhere.invalid', port: 1 }))).toMatchObject({
    reason: 'unresolved',
    step: 'tcp',
  })
  const strict = await sshdWithKey({ extra: ['AllowTcpForwarding no'] })
  expect(await refusalOf(strict.tunnel().open(await listener()))).toMatchObject({
    reason: 'forward-refused',
    step: 'ssh',
  })
})

test('bytes come as they were sent, over a change of keys and past a slow reader', async () => {
  const { tunnel } = await sshdWithKey({ extra: ['RekeyLimit 2M'] })
  const stream = await tunnel().open(await listener())
  const sent = randomBytes(12_000_000)
  stream.end(sent)
  await eventually(() =>
    expect(stream.readableLength).toBeGreaterThanOrEqual(stream.readableHighWaterMark),
  )
  const received = await buffer(stream)
  expect(received.equals(sent)).toBe(true)
  expect(stream).toMatchObject({ bytesRead: sent.length, bytesWritten: sent.length })
})

test('a reader that stops makes the other side wait', async () => {
  const { tunnel } = await sshdWithKey()
  let written = 0
  const target = await listener((socket) => {
    const chunk = Buffer.alloc(1_000_000)
    const more = () => {
      while (written < 200_000_000) {
        written += chunk.length
        if (!socket.write(chunk)) break
      }
    }
    socket.on('drain', more)
    more()
  })
  const stream = await tunnel().open(target)
  let before = -1
  await vi.waitFor(
    () => {
      const still = written === before
      before = written
      expect(still).toBe(true)
    },
    { interval: 300, timeout: 20_000 },
  )
  expect(written).toBeLessThan(100_000_000)
  expect(stream.readableLength).toBeLessThan(1_000_000)
})

test('an end is told in both directions, and then the stream closes', async () => {
  const { tunnel } = await sshdWithKey()
  const accepted: Socket[] = []
  const target = await listener((socket) => void accepted.push(socket.resume()))
  const shared = tunnel()

  const ours = await shared.open(target)
  await eventually(() => expect(accepted).toHaveLength(1))
  const theirEnd = once(accepted[0] as Socket, 'end')
  const ourClose = once(ours, 'close')
  ours.end('last words')
  await theirEnd
  accepted[0]?.end()
  ours.resume()
  await ourClose

  const theirs = await shared.open(target)
  await eventually(() => expect(accepted).toHaveLength(2))
  const closed = once(theirs, 'close')
  theirs.resume()
  accepted[1]?.end('last words')
  await closed
  expect(theirs.bytesRead).toBe(10)
})

test('a destroyed stream closes at once, and the other side sees it go', async () => {
  const { tunnel } = await sshdWithKey()
  const accepted: Socket[] = []
  const target = await listener((socket) => void accepted.push(socket.resume()))
  const shared = tunnel()
  const stream = await shared.open(target)
  const kept = await shared.open(await listener())
  await eventually(() => expect(accepted).toHaveLength(1))
  const gone = once(accepted[0] as Socket, 'end')
  const closed = once(stream, 'close')
  stream.destroy()
  await closed
  await gone
  kept.write('unharmed')
  expect(String(await once(kept, 'data'))).toBe('unharmed')
})

test('silence is told after the time that was asked for', async () => {
  const { tunnel } = await sshdWithKey()
  const stream = await tunnel().open(await listener())
  const silent = vi.fn<() => void>()
  stream.setTimeout(50, silent)
  await eventually(() => expect(silent).toHaveBeenCalledTimes(1))
  stream.setTimeout(0, silent)
  expect(stream.listenerCount('timeout')).toBe(0)
  expect(stream.destroyed).toBe(false)
})

import { createServer, connect, type Socket } from 'node:net'
import { once } from 'node:events'

/** A TCP link between a client and a server that a test can make as bad as a real network. */
export interface TcpProxy {
  port: number
  /** Links open now, counted from the client's side. */
  readonly links: number
  /** Bytes that have passed since the start, as the client sees the directions. */
  readonly sent: number
  readonly received: number
  /** Ends every open link as a broken cable would (RST); new ones are still accepted. */
  cut(): void
  /** Refuses new links (they are ended at once) until `restore`; open ones stay. */
  refuse(): void
  /** Holds all bytes in both directions, links stay open: a frozen server or a lost route. */
  pause(): void
  /** Adds a delay in milliseconds to every chunk, in each direction. */
  delay(milliseconds: number): void
  /**
   * Loses this share of packets. TCP never loses bytes: what was lost is sent once more, and all that
   * follows waits for it. So chunks are held up by 200 to 1000 ms, as by a retransmission.
   */
  lose(share: number): void
  /** Ends `refuse`, `pause`, `delay` and `lose`; what was held is delivered. */
  restore(): void
  stop(): Promise<void>
}

/** Starts a proxy on a free loopback port in front of `target`; every fault begins switched off. */
export async function startTcpProxy(target: { host?: string; port: number }): Promise<TcpProxy> {
  const links = new Map<Socket, Socket>()
  const timers = new Set<NodeJS.Timeout>()
  const held: (() => void)[] = []
  const passed = { sent: 0, received: 0 }
  let latency = 0
  let loss = 0
  let paused = false
  let refusing = false

  const deliver = (chunk: Buffer, to: Socket) => {
    const write = () => {
      if (!to.destroyed) to.write(chunk)
    }
    if (paused) held.push(write)
    else write()
  }
  const forward = (from: Socket, to: Socket, direction: 'sent' | 'received') => {
    const waiting: Buffer[] = []
    let lastDue = 0
    from.on('data', (chunk: Buffer) => {
      passed[direction] += chunk.length
      const now = performance.now()
      const due = Math.max(lastDue, now + latency + retransmission(loss))
      if (due <= now && waiting.length === 0) {
        deliver(chunk, to)
        return
      }
      lastDue = due
      waiting.push(chunk)
      const timer = setTimeout(() => {
        timers.delete(timer)
        // The one that has waited longest, whichever timer fires first: the bytes stay in order.
        const next = waiting.shift()
        if (next !== undefined) deliver(next, to)
      }, due - now)
      timers.add(timer)
    })
    from.on('end', () => to.end())
    from.on('error', () => to.destroy())
    from.on('close', () => to.destroy())
  }

  const server = createServer((client) => {
    if (refusing) {
      client.resetAndDestroy()
      return
    }
    const upstream = connect({ host: target.host ?? '127.0.0.1', port: target.port })
    links.set(client, upstream)
    client.once('close', () => links.delete(client))
    forward(client, upstream, 'sent')
    forward(upstream, client, 'received')
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')

  const cut = () => {
    for (const [client, upstream] of links) {
      client.resetAndDestroy()
      upstream.destroy()
    }
    held.length = 0
  }
  return {
    port: address.port,
    get links() {
      return links.size
    },
    get sent() {
      return passed.sent
    },
    get received() {
      return passed.received
    },
    cut,
    refuse() {
      refusing = true
    },
    pause() {
      paused = true
    },
    delay(milliseconds) {
      latency = milliseconds
    },
    lose(share) {
      loss = share
    },
    restore() {
      refusing = false
      paused = false
      latency = 0
      loss = 0
      for (const write of held.splice(0)) write()
    },
    async stop() {
      for (const timer of timers) clearTimeout(timer)
      cut()
      server.close()
      await once(server, 'close')
    },
  }
}

const retransmission = (loss: number) => (Math.random() < loss ? 200 + 800 * Math.random() : 0)

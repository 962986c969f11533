import { StandardRPCHandler } from '@orpc/server/standard'
import { createServerPeerHandleRequestFn } from '@orpc/server/standard-peer'
import { ServerPeer } from '@orpc/standard-server-peer'
import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { WebSocketServer, type WebSocket } from 'ws'
import type { RequestContext } from '#api/base.ts'
import { router } from '#api/router.ts'
import { reportUnexpected } from './report.ts'

/** What one screen can cost. Bytes and milliseconds. */
export interface SocketLimits {
  connections: number
  message: number
  /** Calls and streams of one socket at the same time. */
  calls: number
  /** Unread bytes a socket may keep for `unreadFor` before it is cut. */
  unread: number
  unreadFor: number
  heartbeat: number
}

export const defaultSocketLimits: SocketLimits = {
  connections: 64,
  message: 1024 * 1024,
  calls: 256,
  unread: 16 * 1024 * 1024,
  unreadFor: 10_000,
  heartbeat: 30_000,
}

export interface Sockets {
  /** Completes an upgrade that has passed every check. */
  accept(request: IncomingMessage, socket: Duplex, head: Buffer): void
  close(): Promise<void>
}

/** Binds the router to WebSockets, for the screens in a browser. */
export function createSockets(
  context: RequestContext,
  limits: SocketLimits = defaultSocketLimits,
): Sockets {
  const handler = new StandardRPCHandler<RequestContext>(router, {
    interceptors: [reportUnexpected],
  })
  const handle = createServerPeerHandleRequestFn(handler, { context })
  const server = new WebSocketServer({
    noServer: true,
    maxPayload: limits.message,
    perMessageDeflate: false,
  })
  const alive = new WeakSet<WebSocket>()
  const heartbeat = setInterval(() => {
    for (const socket of server.clients) {
      if (!alive.delete(socket)) socket.terminate()
      else socket.ping()
    }
  }, limits.heartbeat)
  heartbeat.unref()

  server.on('connection', (socket) => {
    alive.add(socket)
    socket.on('pong', () => alive.add(socket))
    socket.on('error', (error) => context.services.log.debug({ err: error }, 'socket error'))
    serveSocket(socket)
  })

  function serveSocket(socket: WebSocket): void {
    const peer = new ServerPeer(createSend(socket, limits))
    let calls = 0
    socket.on('message', (data, isBinary) => {
      if (calls >= limits.calls) {
        socket.close(1008, 'too many calls at once')
        return
      }
      calls += 1
      const bytes = Array.isArray(data) ? Buffer.concat(data) : Buffer.from(data as Buffer)
      peer
        .message(isBinary ? new Uint8Array(bytes) : bytes.toString('utf8'), handle)
        .catch((error: unknown) => {
          context.services.log.debug({ err: error }, 'malformed message on a socket')
          socket.close(1007, 'malformed message')
        })
        .finally(() => {
          calls -= 1
        })
    })
    socket.on('close', () => peer.close())
  }

  return {
    accept(request, socket, head) {
      if (server.clients.size >= limits.connections) {
        socket.end('HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\n\r\n')
        return
      }
      server.handleUpgrade(request, socket, head, (webSocket) => {
        server.emit('connection', webSocket, request)
      })
    },
    async close() {
      clearInterval(heartbeat)
      const clients = [...server.clients]
      const closed = clients.map(
        (client) => new Promise<void>((resolve) => client.once('close', () => resolve())),
      )
      for (const client of clients) client.close(1001, 'the console closes')
      const cut = setTimeout(() => {
        for (const client of clients) client.terminate()
      }, 1000)
      await Promise.all(closed)
      clearTimeout(cut)
    },
  }
}

/**
 * Sends, resolving once the system took the bytes, so that a stream waits for its reader. A reader
 * that leaves too much unread for too long is cut.
 */
function createSend(socket: WebSocket, limits: SocketLimits) {
  let watching = false
  return async (message: string | ArrayBufferLike | Uint8Array): Promise<void> => {
    if (socket.readyState !== socket.OPEN) return
    const sent = new Promise<void>((resolve) => socket.send(message, () => resolve()))
    if (socket.bufferedAmount > limits.unread && !watching) {
      watching = true
      setTimeout(() => {
        watching = false
        if (socket.bufferedAmount > limits.unread) socket.terminate()
      }, limits.unreadFor).unref()
    }
    await sent
  }
}

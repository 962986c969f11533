import { once } from 'node:events'
import { createServer, STATUS_CODES, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import type { RequestContext } from '#api/base.ts'
import { createAccess } from './access.ts'
import { createApiDocs } from './api-docs.ts'
import { createDownload } from './download.ts'
import { originOf, ownHosts } from './hosts.ts'
import { createHttpApi } from './http-api.ts'
import { refuseForeign, type Refusal } from './refusal.ts'
import { createRendererFiles } from './renderer-files.ts'
import { notFound, sendRefusal, setSecurityHeaders } from './reply.ts'
import { createSockets, type SocketLimits } from './sockets.ts'

export interface WebOptions {
  services: RequestContext['services']
  /** A name or address without brackets. */
  host: string
  /** 0 takes any free port. */
  port: number
  /** What every request and socket must bring. */
  token: string
  /** The same token comes again after a restart: open pages then stay in. False by default. */
  tokenLasts?: boolean
  /** The built renderer. */
  staticDirectory: string
  /** Swagger UI's style sheet and bundle. */
  docsDirectory: string
  /** Who acts, for the audit. */
  operator: string
  socketLimits?: SocketLimits
  /** How long a client may take to send a request, in milliseconds. */
  patience?: { headers: number; request: number }
}

export interface Web {
  /** Where people of this machine open the console, without a slash at the end. */
  origin: string
  /** The same with the token: whoever knows it has access. */
  url: string
  /** Opens a session for the first who asks within a minute, and then no more. */
  ticketUrl(): string
  /** Ends every request, stream and socket; resolves when the port is free. */
  close(): Promise<void>
}

/**
 * Serves the console to browsers and programs: the renderer's files at `/`, its transport at `/rpc`,
 * HTTP at `/api`. Rejects with the error of node:net when it cannot listen.
 */
export async function startWeb(options: WebOptions): Promise<Web> {
  const { services, operator } = options
  const serveFile = createRendererFiles(options.staticDirectory)
  const serveDocs = createApiDocs(options.docsDirectory, services.about.version)
  const serveApi = createHttpApi()
  const serveDownload = createDownload()
  const apiContext: RequestContext = { services, actor: { operator, via: 'http' } }
  const sockets = createSockets({ services, actor: { operator, via: 'web' } }, options.socketLimits)

  const patience = options.patience ?? { headers: 10_000, request: 30_000 }
  const server = createServer({
    headersTimeout: patience.headers,
    requestTimeout: patience.request,
    connectionsCheckingInterval: patience.headers / 2,
    keepAliveTimeout: 65_000,
    // Browsers send the cookies of every local server to each of them.
    maxHeaderSize: 32 * 1024,
  })
  server.maxConnections = 512
  server.listen(options.port, options.host)
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const hosts = ownHosts(options.host, port)
  const access = createAccess(options.token, port, options.tokenLasts)
  const origin = originOf(options.host, port)

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const target = parseTarget(request.url)
    const toProgram = target?.path.startsWith('/api/') ?? false
    const refuse = (refusal: Refusal) => sendRefusal(response, refusal, toProgram)

    const foreign = refuseForeign(request.headers, hosts)
    setSecurityHeaders(response, foreign === null ? request.headers.host : undefined)
    if (foreign !== null) return refuse(foreign)
    if (target === null) return refuse(badTarget)

    const token = request.method === 'GET' ? target.query.get('token') : null
    const ticket = request.method === 'GET' ? target.query.get('ticket') : null
    if (token !== null || ticket !== null) {
      const wrong = await (token === null ? access.tryTicket(ticket ?? '') : access.tryToken(token))
      if (wrong !== null) return refuse(wrong)
      response.writeHead(303, {
        Location: withoutSecrets(target),
        'Set-Cookie': access.sessionCookie,
      })
      response.end()
      return
    }
    const refusal = await access.refuse(request.headers)
    if (refusal !== null) return refuse(refusal)

    if (toProgram) {
      const served =
        (await serveDocs(target.path, request, response)) ||
        (await serveDownload(target, request, response, apiContext)) ||
        (await serveApi(request, response, apiContext))
      if (!served) refuse(notFound)
    } else if (request.method === 'GET' || request.method === 'HEAD') {
      serveFile(request, response, () => refuse(notFound))
    } else {
      refuse(wrongMethod)
    }
  }

  server.on('request', (request, response) => {
    answer(request, response).catch((error: unknown) => {
      services.log.error({ err: error }, 'unexpected error while answering a request')
      if (response.headersSent) response.destroy()
      else sendRefusal(response, failed, true)
    })
  })

  async function upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    const refusal =
      refuseForeign(request.headers, hosts) ??
      (await access.refuse(request.headers)) ??
      (parseTarget(request.url)?.path === '/rpc' ? null : notFound)
    if (socket.destroyed) return
    if (refusal === null) sockets.accept(request, socket, head)
    else refuseUpgrade(socket, refusal)
  }

  server.on('upgrade', (request, socket, head) => {
    socket.on('error', ignore)
    upgrade(request, socket, head).catch((error: unknown) => {
      services.log.error({ err: error }, 'unexpected error while opening a socket')
      socket.destroy()
    })
  })

  return {
    origin,
    url: `${origin}/?token=${encodeURIComponent(options.token)}`,
    ticketUrl: () => `${origin}/?ticket=${access.issueTicket()}`,
    async close() {
      const closed = once(server, 'close')
      server.close()
      await sockets.close()
      server.closeAllConnections()
      await closed
    },
  }
}

interface Target {
  /** As sent: still percent-encoded, never resolved. */
  path: string
  query: URLSearchParams
}

/** Null for what is not a path, such as the absolute form a proxy is asked with. */
function parseTarget(target: string | undefined): Target | null {
  if (!target?.startsWith('/')) return null
  const mark = target.indexOf('?')
  return mark === -1
    ? { path: target, query: new URLSearchParams() }
    : { path: target.slice(0, mark), query: new URLSearchParams(target.slice(mark + 1)) }
}

/** A path of this console in any case: `//host` and `/\host` would lead a browser elsewhere. */
function withoutSecrets({ path, query }: Target): string {
  query.delete('token')
  query.delete('ticket')
  const local = path.replace(/^[/\\\s]+/, '/')
  return query.size === 0 ? local : `${local}?${query.toString()}`
}

/** A client that goes away while its upgrade is refused is no news. */
const ignore = () => {}

function refuseUpgrade(socket: Duplex, refusal: Refusal): void {
  const headers = { ...refusal.headers, Connection: 'close', 'Content-Length': '0' }
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
  socket.end(`HTTP/1.1 ${refusal.status} ${STATUS_CODES[refusal.status]}\r\n${lines.join('')}\r\n`)
}

const badTarget: Refusal = { status: 400, code: 'BAD_REQUEST', message: 'Not a path.' }
const wrongMethod: Refusal = {
  status: 405,
  code: 'METHOD_NOT_SUPPORTED',
  message: 'This can only be read.',
  headers: { Allow: 'GET, HEAD' },
}
const failed: Refusal = {
  status: 500,
  code: 'INTERNAL_SERVER_ERROR',
  message: 'Unexpected error; the log has the details.',
}

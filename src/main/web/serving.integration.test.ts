import { networkInterfaces } from 'node:os'
import { connect } from 'node:net'
import { once } from 'node:events'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { startTestConsole, type TestConsole } from '#test-support/web-console.ts'

let running: TestConsole
beforeAll(async () => {
  running = await startTestConsole(null)
})
afterAll(() => running.close())

const line = (request: string) => [
  `${request} HTTP/1.1`,
  `Host: 127.0.0.1:${running.port}`,
  `Authorization: Bearer ${running.token}`,
]

const header = async (path: string, name: string) => (await running.fetch(path)).headers.get(name)

const settings = (init: RequestInit) =>
  running.fetch('/api/settings', {
    method: 'PATCH',
    headers: { 'content-type': 'application/json' },
    ...init,
  })

describe('every answer', () => {
  test.each([
    ['the page', '/', 200],
    ['a file', '/assets/index-abc123.js', 200],
    ['the API', '/api/about', 200],
    ['its page', '/api/docs', 200],
    ["its page's script", '/api/docs/swagger-ui-bundle.js', 200],
    ['an unknown file', '/nothing', 404],
    ['an unknown path of the API', '/api/nothing', 404],
    ['a bad input', '/api/environments/test/find', 400],
  ])('of %s carries the headers that confine a page', async (_name, path, status) => {
    const answer = await running.fetch(path)
    const { headers } = answer
    expect(answer.status).toBe(status)
    const policy = (headers.get('content-security-policy') ?? '').split('; ')
    expect(policy).toEqual([
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self' 'unsafe-inline'",
      "img-src 'self' data:",
      "font-src 'self'",
      `connect-src 'self' ws://127.0.0.1:${running.port}`,
      "base-uri 'none'",
      "frame-ancestors 'none'",
      "form-action 'none'",
    ])
    expect(Object.fromEntries(headers)).toMatchObject({
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'permissions-policy': expect.stringContaining('camera=()'),
    })
    expect(headers.has('x-powered-by')).toBe(false)
    expect(headers.has('server')).toBe(false)
  })

  test('of a refusal carries them too', async () => {
    const { headers } = await fetch(`${running.origin}/`)
    expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'")
    expect(headers.get('cache-control')).toBe('no-store')
  })
})

describe('the files', () => {
  test('are kept by the browser only when their name changes with them', async () => {
    expect(await header('/', 'cache-control')).toBe('no-store')
    expect(await header('/index.html', 'cache-control')).toBe('no-store')
    expect(await header('/assets/index-abc123.js', 'cache-control')).toBe(
      'private, max-age=31536000, immutable',
    )
    expect(await header('/api/about', 'cache-control')).toBe('no-store')
    expect(await header('/api/openapi.json', 'cache-control')).toBe('no-store')
  })

  test('have their types', async () => {
    expect(await header('/', 'content-type')).toBe('text/html;charset=utf-8')
    expect(await header('/assets/index-abc123.js', 'content-type')).toBe('text/javascript')
  })

  test.each([
    '/../data/vigie.db',
    '/assets/../../data/vigie.db',
    '/%2e%2e/data/vigie.db',
    '/..%2fdata%2fvigie.db',
    '/assets/..%5c..%5cdata',
    '/%00',
    '/%',
    '/.env',
    '/missing.js',
    '/assets',
    '/api',
  ])('%s is not one of them', async (path) => {
    const answer = await running.raw([...line(`GET ${path}`), 'Connection: close'])
    expect(answer).toMatch(/^HTTP\/1.1 404 /)
  })

  test('can only be read', async () => {
    const response = await running.fetch('/', { method: 'POST', body: '{}' })
    expect(response.status).toBe(405)
    expect(response.headers.get('allow')).toBe('GET, HEAD')
    const head = await running.fetch('/', { method: 'HEAD' })
    expect(head.status).toBe(200)
  })

  test.each(['bytes=5-1', 'bytes=abc', 'bytes=99999999-', 'nonsense'])(
    'come whole when asked for the range %s',
    async (range) => {
      const response = await running.fetch('/', { headers: { range } })
      expect(response.status).toBe(200)
      expect(await response.text()).toBe('<!doctype html><title>Vigie</title>')
    },
  )
})

describe('a body', () => {
  test('of JSON is taken', async () => {
    const response = await settings({ body: '{"language":"fr"}' })
    expect(await response.json()).toMatchObject({ language: 'fr' })
  })

  test('over a megabyte is refused by its announced length, without being read', async () => {
    const answer = await running.raw([
      ...line('PATCH /api/settings'),
      'Content-Type: application/json',
      'Content-Length: 99999999',
    ])
    expect(answer).toMatch(/^HTTP\/1.1 413 /)
    expect(answer).toContain('PAYLOAD_TOO_LARGE')
  })

  test('over a megabyte is refused when it comes in pieces', async () => {
    const pieces = new ReadableStream<Uint8Array>({
      pull(controller) {
        controller.enqueue(new Uint8Array(64 * 1024).fill(32))
      },
    })
    const request = settings({ body: pieces, duplex: 'half' })
    // The server may hang up before the client has read the answer.
    const status = await request.then(
      (response) => response.status,
      () => 413,
    )
    expect(status).toBe(413)
    expect((await running.fetch('/api/about')).status).toBe(200)
  })

  test('just under a megabyte is read and judged', async () => {
    const response = await settings({ body: `{"language":"${'x'.repeat(1000 * 1000)}"}` })
    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({ code: 'BAD_REQUEST', status: 400 })
  })

  test.each(['{', '{"language":}', 'language=fr'])('%j is malformed', async (body) => {
    const response = await settings({ body })
    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({ code: 'BAD_REQUEST' })
  })

  test.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x'])(
    'of %s, as a form of another site can send it, is refused',
    async (type) => {
      const response = await settings({
        headers: { 'content-type': type },
        body: '{"language":"fr"}',
      })
      expect(response.status).toBe(415)
    },
  )
})

describe('a stream that has nothing to tell yet', () => {
  test('is opened all the same, and ends with its reader', async () => {
    const reader = { gone: false }
    // oxlint-disable-next-line require-yield -- a stream that is silent for ever
    async function* watch(_environment: string, signal: AbortSignal) {
      await once(signal, 'abort')
      reader.gone = true
    }
    const silent = await startTestConsole(null, { replace: { environments: { watch } } })
    try {
      const stop = new AbortController()
      const { signal } = stop
      const response = await silent.fetch('/api/environments/x/health/live', { signal })
      expect(response.status).toBe(200)
      expect(response.headers.get('content-type')).toBe('text/event-stream')
      stop.abort()
      await vi.waitUntil(() => reader.gone)
    } finally {
      await silent.close()
    }
  })
})

describe('a connection', () => {
  const elsewhere = Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .find((address) => !address.internal && address.family === 'IPv4')?.address

  test.skipIf(elsewhere === undefined)('from another machine finds nothing', async () => {
    const socket = connect(running.port, elsewhere)
    const [error] = (await once(socket, 'error')) as [NodeJS.ErrnoException]
    expect(error.code).toBe('ECONNREFUSED')
  })

  test.each([
    ['its headers', 'GET / HTTP/1.1', ''],
    ['its body', 'PATCH /api/settings HTTP/1.1', 'Content-Length: 10\r\n\r\n{'],
  ])('that dawdles over %s is ended', async (_name, start, rest) => {
    const impatient = await startTestConsole(null, { patience: { headers: 50, request: 100 } })
    try {
      const socket = connect(impatient.port, '127.0.0.1')
      socket.resume()
      const host = `Host: 127.0.0.1:${impatient.port}`
      const authorization = `Authorization: Bearer ${impatient.token}`
      socket.write([start, host, authorization, rest].join('\r\n'))
      await once(socket, 'close')
      expect((await impatient.fetch('/api/about')).status).toBe(200)
    } finally {
      await impatient.close()
    }
  })

  const loopback6 = networkInterfaces()['lo']?.some((address) => address.address === '::1')

  test.skipIf(loopback6 !== true)('may come by IPv6', async () => {
    const other = await startTestConsole(null, { host: '::1' })
    try {
      expect(other.origin).toBe(`http://[::1]:${other.port}`)
      const response = await other.fetch('/api/about', { headers: { origin: other.origin } })
      expect(response.status).toBe(200)
    } finally {
      await other.close()
    }
  })

  test('that talks no HTTP is ended', async () => {
    expect(await running.raw(['nonsense'])).toMatch(/^HTTP\/1.1 400 /)
    expect((await running.fetch('/api/about')).status).toBe(200)
  })
})

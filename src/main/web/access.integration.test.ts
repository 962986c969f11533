import { once } from 'node:events'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { clientOver, startTestConsole, type TestConsole } from '#test-support/web-console.ts'

let running: TestConsole
beforeAll(async () => {
  running = await startTestConsole(null)
})
afterAll(() => running.close())

const everything = [
  '/',
  '/index.html',
  '/assets/index-abc123.js',
  '/api/environments',
  '/api/openapi.json',
  '/api/docs',
  '/api/docs/swagger-ui-bundle.js',
  '/nothing',
]

/** The session as a browser gets it by opening the printed URL. */
async function openSession(): Promise<string> {
  const opened = await fetch(running.web.url, { redirect: 'manual' })
  return opened.headers.get('set-cookie')?.split(';')[0] ?? ''
}

/** Status of the answer to an upgrade; 101 when the socket opens. */
async function upgradeStatus(
  path: string,
  headers: Record<string, string>,
  origin?: string,
): Promise<number | undefined> {
  const socket = running.socket(path, { headers, ...(origin === undefined ? {} : { origin }) })
  try {
    return await new Promise((resolve) => {
      socket.on('unexpected-response', (_request, response) => resolve(response.statusCode))
      socket.on('open', () => resolve(101))
      socket.on('error', () => resolve(undefined))
    })
  } finally {
    socket.terminate()
  }
}

const line = (path: string, method = 'GET') => `${method} ${path} HTTP/1.1`

describe('without a token', () => {
  test.each(everything)('%s is refused, and says nothing about the console', async (path) => {
    const response = await fetch(running.origin + path)
    expect(response.status).toBe(401)
    expect(response.headers.get('www-authenticate')).toContain('Bearer')
    const text = await response.text()
    expect(text).toContain('it ends with ?token=')
    expect(text.length).toBeLessThan(300)
    expect(text).not.toContain(running.token)
    expect(text).not.toContain('0.0.0-test')
  })

  test('a socket is refused', async () => {
    expect(await upgradeStatus('/rpc', {})).toBe(401)
  })

  test('an action is refused', async () => {
    const response = await fetch(`${running.origin}/api/environments/test/queues/scan`, {
      method: 'POST',
    })
    expect(response.status).toBe(401)
    expect(await response.json()).toMatchObject({ code: 'UNAUTHORIZED', status: 401 })
  })
})

describe('with a wrong token', () => {
  test.each<[string, Record<string, string>]>([
    ['a wrong one', { authorization: 'Bearer a-token-only-for-tesTs' }],
    ['its beginning', { authorization: 'Bearer a-token-only' }],
    ['another scheme', { authorization: 'Basic a-token-only-for-tests' }],
    ['a wrong session', { cookie: 'vigie-1=x' }],
  ])('%s is refused', async (_name, headers) => {
    expect((await fetch(`${running.origin}/api/about`, { headers })).status).toBe(401)
    expect(await upgradeStatus('/rpc', headers)).toBe(401)
  })

  test('the token is no session', async () => {
    const headers = { cookie: `vigie-${running.port}=${running.token}` }
    expect((await fetch(`${running.origin}/api/about`, { headers })).status).toBe(401)
  })

  test('a wrong token in the address is refused and sets no cookie', async () => {
    const response = await fetch(`${running.origin}/?token=wrong`, { redirect: 'manual' })
    expect(response.status).toBe(401)
    expect(response.headers.get('set-cookie')).toBeNull()
  })

  test('the answer comes late, and a flood is turned away while sessions go on', async () => {
    const cookie = await openSession()
    const started = performance.now()
    const flood = Array.from({ length: 40 }, (_, index) =>
      fetch(`${running.origin}/api/about`, { headers: { authorization: `Bearer guess-${index}` } }),
    )
    const session = await fetch(`${running.origin}/api/about`, { headers: { cookie } })
    expect(session.status).toBe(200)
    expect(performance.now() - started).toBeLessThan(900)
    const statuses = (await Promise.all(flood)).map((response) => response.status)
    expect(statuses.filter((status) => status === 401)).toHaveLength(16)
    expect(statuses.filter((status) => status === 429)).toHaveLength(24)
    expect(performance.now() - started).toBeGreaterThan(950)
    expect((await running.fetch('/api/about')).status).toBe(200)
  })

  test('a flood of them does not lock out who has the right one', async () => {
    const wrong = { authorization: 'Bearer guess' }
    const flood = Array.from({ length: 40 }, async () => {
      const { status } = await fetch(`${running.origin}/api/about`, { headers: wrong })
      return status
    })
    expect(await Promise.race(flood)).toBe(429)
    expect((await running.fetch('/api/about')).status).toBe(200)
    expect((await fetch(running.web.url, { redirect: 'manual' })).status).toBe(303)
    const authorization = `Bearer ${running.token}`
    expect(await upgradeStatus('/rpc', { authorization })).toBe(101)
    await Promise.all(flood)
  })
})

describe('with the token', () => {
  test('a program gets in by its header', async () => {
    expect((await running.fetch('/')).status).toBe(200)
    expect((await running.fetch('/api/about')).status).toBe(200)
  })

  test('a browser gets a session and an address without the token', async () => {
    const opened = await fetch(`${running.web.url}&lang=fr`, { redirect: 'manual' })
    expect(opened.status).toBe(303)
    expect(opened.headers.get('location')).toBe('/?lang=fr')
    const cookie = opened.headers.get('set-cookie') ?? ''
    expect(cookie).toMatch(
      new RegExp(`^vigie-${running.port}=[\\w-]{43}; Path=/; HttpOnly; SameSite=Strict$`),
    )
    expect(cookie).not.toContain(running.token)
    const headers = { cookie: `other=1; ${cookie.split(';')[0] ?? ''}` }
    for (const path of everything.slice(0, -1)) {
      expect((await fetch(running.origin + path, { headers })).status).toBe(200)
    }
  })

  test('a ticket opens a session once, and is no token', async () => {
    const url = running.web.ticketUrl()
    expect(url).not.toContain(running.token)
    const authorization = `Bearer ${new URL(url).searchParams.get('ticket') ?? ''}`
    const asToken = await fetch(`${running.origin}/api/about`, { headers: { authorization } })
    expect(asToken.status).toBe(401)

    const opened = await fetch(`${url}&lang=fr`, { redirect: 'manual' })
    expect(opened.status).toBe(303)
    expect(opened.headers.get('location')).toBe('/?lang=fr')
    const cookie = opened.headers.get('set-cookie')?.split(';')[0] ?? ''
    expect((await fetch(running.origin, { headers: { cookie } })).status).toBe(200)

    const again = await fetch(url, { redirect: 'manual' })
    expect(again.status).toBe(401)
    expect(again.headers.get('set-cookie')).toBeNull()
  })

  test.each(['//evil.example/', '///evil.example', '/\\evil.example', '/\\/evil.example'])(
    'opening %s leads to this console, not to another',
    async (path) => {
      const answer = await running.raw([
        `GET ${path}?token=${running.token} HTTP/1.1`,
        `Host: 127.0.0.1:${running.port}`,
        'Connection: close',
      ])
      expect(answer).toMatch(/^HTTP\/1.1 303 /)
      expect(/^location: (.*)$/im.exec(answer)?.[1]?.trim()).toMatch(/^\/evil\.example\/?$/)
    },
  )

  test('a socket opens by header or session and speaks for the web', async () => {
    const ways: Record<string, string>[] = [
      { authorization: `Bearer ${running.token}` },
      { cookie: await openSession() },
    ]
    for (const headers of ways) {
      const socket = running.socket('/rpc', { headers, origin: running.origin })
      await once(socket, 'open')
      expect(await clientOver(socket).about.get()).toMatchObject({ version: '0.0.0-test' })
      socket.close()
      await once(socket, 'close')
    }
  })

  test('a socket opens nowhere else', async () => {
    const headers = { authorization: `Bearer ${running.token}` }
    expect(await upgradeStatus('/', headers)).toBe(404)
    expect(await upgradeStatus('/rpc/more', headers)).toBe(404)
  })
})

describe('from elsewhere, even with the token', () => {
  test.each(['evil.example', 'evil.example:80', 'localhost', '127.0.0.1:1'])(
    'a request for host %s is misdirected',
    async (host) => {
      const common = [`Host: ${host}`, `Authorization: Bearer ${running.token}`]
      for (const path of ['/', '/api/about', `/?token=${running.token}`]) {
        const answer = await running.raw([line(path), ...common, 'Connection: close'])
        expect(answer).toMatch(/^HTTP\/1.1 421 /)
        expect(answer).not.toMatch(/set-cookie/i)
        expect(answer).not.toContain(host)
      }
      const upgrade = ['Connection: Upgrade', 'Upgrade: websocket', 'Sec-WebSocket-Version: 13']
      const key = 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=='
      const answer = await running.raw([line('/rpc'), ...common, ...upgrade, key])
      expect(answer).toMatch(/^HTTP\/1.1 421 /)
    },
  )

  test('a request without a host is refused', async () => {
    expect(await running.raw([line('/'), 'Connection: close'])).toMatch(/^HTTP\/1.1 400 /)
    expect(await running.raw(['GET / HTTP/1.0'])).toMatch(/^HTTP\/1.1 421 /)
  })

  test('a request in the form for proxies is refused', async () => {
    const answer = await running.raw([
      line('http://evil.example/'),
      `Host: 127.0.0.1:${running.port}`,
      'Connection: close',
    ])
    expect(answer).toMatch(/^HTTP\/1.1 400 /)
  })

  test.each<Record<string, string>>([
    { origin: 'http://evil.example' },
    { origin: 'http://127.0.0.1:3000' },
    { origin: 'null' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
  ])('a page with %j is refused on every path and socket', async (headers) => {
    const cookie = await openSession()
    const authorization = `Bearer ${running.token}`
    const given = Object.entries({ ...headers, cookie, authorization })
    const lines = given.map(([name, value]) => `${name}: ${value}`)
    const host = `Host: 127.0.0.1:${running.port}`
    for (const [method, path] of [
      ['GET', '/'],
      ['GET', `/?token=${running.token}`],
      ['GET', '/api/environments'],
      ['POST', '/api/environments/test/queues/scan'],
      ['DELETE', '/api/environments/test/queues/q/jobs/1'],
      ['OPTIONS', '/api/environments'],
    ] as const) {
      const answer = await running.raw([line(path, method), host, 'Connection: close', ...lines])
      expect(answer).toMatch(/^HTTP\/1.1 403 /)
      expect(answer).not.toMatch(/access-control-allow/i)
    }
    const { origin, ...others } = headers
    expect(await upgradeStatus('/rpc', { ...others, cookie, authorization }, origin)).toBe(403)
  })

  test('our own pages and programs may act', async () => {
    for (const headers of [{ origin: running.origin, 'sec-fetch-site': 'same-origin' }, {}]) {
      const response = await running.fetch('/api/environments/none/queues/scan', {
        method: 'POST',
        headers,
      })
      expect(await response.json()).toMatchObject({ code: 'ENVIRONMENT_NOT_FOUND' })
    }
  })
})

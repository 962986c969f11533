import { expect, test } from '@playwright/test'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { chromiumExecutable } from '../support/chromium.ts'
import { startConsole, type ConsoleUnderTest } from '../support/console.ts'

test.use({
  launchOptions: {
    executablePath: chromiumExecutable() ?? undefined,
    // A name its owner has pointed at this machine: DNS rebinding.
    args: ['--host-resolver-rules=MAP rebound.example 127.0.0.1'],
  },
})

let running: ConsoleUnderTest
let neighbour: Awaited<ReturnType<typeof startNeighbour>>
test.beforeAll(async () => {
  running = await startConsole()
  neighbour = await startNeighbour()
})
test.afterAll(async () => {
  await neighbour.close()
  await running.stop()
})

/** Another local web server, such as a project under development: same site, another origin. */
async function startNeighbour(): Promise<{ origin: string; close(): Promise<unknown> }> {
  const server = createServer((_request, response) => {
    response.setHeader('Content-Type', 'text/html')
    response.end('<!doctype html><title>neighbour</title>')
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    origin: `http://127.0.0.1:${port}`,
    close: () => {
      server.closeAllConnections()
      server.close()
      return once(server, 'close')
    },
  }
}

test('the printed address opens a session and leaves no token behind', async ({
  page,
  browser,
}) => {
  await page.goto(running.url)
  await expect(page).toHaveURL(new RegExp(`^${running.origin}/`))
  expect(page.url()).not.toContain('token')
  expect(await page.evaluate(() => document.cookie)).toBe('')
  const response = await page.reload()
  expect(response?.status()).toBe(200)

  const stranger = await browser.newContext()
  const refused = await (await stranger.newPage()).goto(`${running.origin}/`)
  expect(refused?.status()).toBe(401)
  await stranger.close()
})

test('a page of another local server can neither read, act, connect nor frame', async ({
  page,
}) => {
  await page.goto(running.url)
  await page.goto(neighbour.origin)
  const seen = await page.evaluate(async (origin) => {
    const status = (path: string, init: RequestInit) =>
      fetch(origin + path, { credentials: 'include', ...init }).then(
        (response) => `answered ${response.type}`,
        () => 'refused',
      )
    const socket = new WebSocket(`${origin.replace('http', 'ws')}/rpc`)
    const connected = new Promise((resolve) => {
      socket.addEventListener('open', () => resolve('opened'))
      socket.addEventListener('error', () => resolve('refused'))
    })
    const frame = document.createElement('iframe')
    const framed = new Promise((resolve) => {
      frame.addEventListener('load', () =>
        resolve(frame.contentDocument === null ? 'hidden' : 'readable'),
      )
    })
    frame.src = origin
    document.body.append(frame)
    return {
      read: await status('/api/environments', {}),
      act: await status('/api/environments/x/queues/scan', { method: 'POST' }),
      connect: await connected,
      frame: await framed,
    }
  }, running.origin)
  expect(seen).toEqual({ read: 'refused', act: 'refused', connect: 'refused', frame: 'hidden' })
})

test('a request that another page makes with the session is refused by the console itself', async ({
  page,
}) => {
  await page.goto(running.url)
  await page.goto(neighbour.origin)
  // The browser hides such answers from pages and from the usual events.
  const answers: number[] = []
  const network = await page.context().newCDPSession(page)
  await network.send('Network.enable')
  network.on('Network.responseReceivedExtraInfo', ({ statusCode }) => answers.push(statusCode))
  await page.evaluate(async (origin) => {
    await fetch(`${origin}/api/environments`, { mode: 'no-cors', credentials: 'include' }).catch(
      () => {},
    )
  }, running.origin)
  await expect.poll(() => answers.filter((status) => status >= 400)).toEqual([403])
})

test('a name that was rebound to this machine is misdirected', async ({ page }) => {
  const { port } = new URL(running.origin)
  const response = await page.goto(`http://rebound.example:${port}/?token=${running.token}`)
  expect(response?.status()).toBe(421)
  expect(await page.context().cookies()).toEqual([])
})

test('it ends at once and cleanly on SIGTERM, with a page open', async ({ page }) => {
  const other = await startConsole()
  await page.goto(other.url)
  const started = Date.now()
  expect(await other.stop()).toBe(0)
  expect(Date.now() - started).toBeLessThan(3000)
})

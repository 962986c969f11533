import { expect, type Page, test } from '@playwright/test'
import { chromiumExecutable } from '../support/chromium.ts'
import { startConsole, type ConsoleUnderTest } from '../support/console.ts'
import { visit } from '../support/frame.ts'

test.use({ launchOptions: { executablePath: chromiumExecutable() ?? undefined } })

let running: ConsoleUnderTest
test.beforeAll(async () => {
  running = await startConsole({ demo: { still: true } })
})
test.afterAll(() => running.stop())

interface Sent {
  i: string
  /** 4 takes a request back; none is a request. */
  t?: number
  p?: { u?: string; b?: { json?: unknown } }
}

/** Streams that the page has open, by the path of their procedure, as the socket's messages tell. */
function followStreams(page: Page): Map<string, string> {
  const open = new Map<string, string>()
  page.on('websocket', (socket) => {
    open.clear()
    socket.on('framesent', ({ payload }) => {
      const { i, t, p } = JSON.parse(String(payload)) as Sent
      if (p?.u?.endsWith('/watch')) open.set(i, p.u)
      else if (t !== undefined) open.delete(i)
    })
  })
  return open
}

test('a page that is left ends its stream; what the frame shows goes on', async ({ browser }) => {
  const { page, close } = await visit(browser, running, '/settings')
  const open = followStreams(page)
  const paths = () => [...open.values()].toSorted()
  await page.goto(`${running.origin}/#/e/demo/jobs?queue=seo`)
  await page.reload()
  await expect.poll(paths).toContain('/jobs/watch')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Jobs')
  await page.keyboard.press('g')
  await page.keyboard.press('s')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Settings')
  await expect.poll(paths).not.toContain('/jobs/watch')
  expect(paths()).toContain('/environments/watch')
  await close()
})

test('a window that is hidden for a minute rests, and goes on when it is seen again', async ({
  browser,
}) => {
  const { page, close } = await visit(browser, running, '/settings')
  const open = followStreams(page)
  await page.clock.install()
  await page.goto(`${running.origin}/#/e/demo/queues`)
  await page.reload()
  await expect(page.getByRole('banner')).toContainText('synced')
  const show = (state: 'visible' | 'hidden') =>
    page.evaluate((visibilityState) => {
      Object.defineProperty(document, 'visibilityState', {
        value: visibilityState,
        configurable: true,
      })
      document.dispatchEvent(new Event('visibilitychange'))
    }, state)
  await show('hidden')
  await page.clock.fastForward(30_000)
  expect(open.size).toBeGreaterThan(0)
  await page.clock.fastForward(31_000)
  await expect.poll(() => open.size).toBe(0)
  await show('visible')
  await page.clock.fastForward(2_000)
  await expect.poll(() => [...open.values()]).toContain('/environments/watch')
  await expect(page.getByRole('banner')).toContainText('synced')
  await close()
})

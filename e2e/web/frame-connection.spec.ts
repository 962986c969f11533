import { expect, test, type WebSocketRoute } from '@playwright/test'
import { freePort, startTestRedis } from '../../test-support/redis.ts'
import { startTcpProxy } from '../../test-support/tcp-proxy.ts'
import { chromiumExecutable } from '../support/chromium.ts'
import { startConsole } from '../support/console.ts'
import { seriousViolations, visit } from '../support/frame.ts'

test.use({ launchOptions: { executablePath: chromiumExecutable() ?? undefined } })

test('a Redis that cannot be reached is told with its reason, and the audit stays', async ({
  browser,
}) => {
  const port = await freePort()
  const running = await startConsole({
    redis: `redis://127.0.0.1:${port}`,
    flags: ['--name', 'Away'],
  })
  const { page, close } = await visit(browser, running)
  await expect(page.getByRole('heading', { name: 'Away cannot be reached' })).toBeVisible()
  await expect(page.getByRole('main')).toContainText(`redis://127.0.0.1:${port}/0`)
  await expect(page.getByRole('main')).toContainText('Nothing listens at its address.')
  await expect(page.getByRole('banner')).toContainText('nothing listens at its address')
  await expect(page.getByRole('main')).toContainText(/next try in \d+ s|trying now/)
  expect(await seriousViolations(page)).toEqual([])
  await page.getByRole('link', { name: 'Open the audit' }).click()
  await expect(page.getByRole('heading', { name: 'Nothing has been done here yet' })).toBeVisible()
  await close()
  await running.stop()
})

test('a Redis that comes up later shows its queues without a reload', async ({ browser }) => {
  const port = await freePort()
  const redisUrl = `redis://127.0.0.1:${port}`
  const running = await startConsole({ redis: redisUrl, flags: ['--name', 'Late'] })
  const { page, close } = await visit(browser, running)
  await expect(page.getByRole('heading', { name: /cannot be reached/ })).toBeVisible()
  const redis = await startTestRedis([`port ${port}`])
  await expect(page.getByRole('heading', { level: 1, name: 'Queues' })).toBeVisible({
    timeout: 30_000,
  })
  await expect(page.getByRole('banner')).toContainText('synced')
  await close()
  await running.stop()
  await redis.stop()
})

test('when Redis goes away what was seen stays under a banner, until it is back', async ({
  browser,
}) => {
  const redis = await startTestRedis()
  const proxy = await startTcpProxy({ port: redis.port })
  const running = await startConsole({
    redis: `redis://127.0.0.1:${proxy.port}`,
    flags: ['--name', 'Flaky'],
  })
  const { page, close } = await visit(browser, running)
  await expect(page.getByRole('banner')).toContainText('synced')
  const banner = page.getByRole('status').filter({ hasText: 'Reconnecting' })
  proxy.refuse()
  proxy.cut()
  await expect(banner).toBeVisible({ timeout: 20_000 })
  await expect(banner).toContainText(/You see what was there at \d\d:\d\d/)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Queues')
  await expect(page.getByRole('banner')).toContainText('reconnecting')
  expect(await seriousViolations(page)).toEqual([])
  proxy.restore()
  await expect(banner).toHaveCount(0, { timeout: 30_000 })
  await expect(page.getByRole('banner')).toContainText('synced')
  await close()
  await running.stop()
  await proxy.stop()
  await redis.stop()
})

test('production is red, in capitals, in the title, and locked', async ({ browser }) => {
  const redis = await startTestRedis()
  const running = await startConsole({
    redis: redis.url,
    flags: ['--kind', 'production', '--name', 'eu-west'],
  })
  const { page, close } = await visit(browser, running)
  await expect(page.getByRole('banner')).toContainText('PRODUCTION')
  await expect(page.getByRole('banner')).toContainText('locked')
  await expect(page).toHaveTitle(/^PRODUCTION · /)
  const bar = await page
    .getByRole('banner')
    .evaluate((element) => getComputedStyle(element, '::before').backgroundColor)
  expect(bar).toBe('rgb(194, 37, 37)')
  expect(await seriousViolations(page)).toEqual([])
  await close()
  await running.stop()
  await redis.stop()
})

test('a lost connection to the console is told since when, tried again, and recovers', async ({
  browser,
}) => {
  const redis = await startTestRedis()
  const running = await startConsole({ redis: redis.url, flags: ['--name', 'Kept'] })
  const { page, close } = await visit(browser, running)
  let reachable = true
  const open = new Set<WebSocketRoute>()
  await page.routeWebSocket(/\/rpc$/, (socket) => {
    if (!reachable) return socket.close()
    open.add(socket)
    socket.connectToServer()
    return undefined
  })
  await page.reload()
  await expect(page.getByRole('banner')).toContainText('synced')
  await page.evaluate(() => Object.assign(window, { sameDocument: true }))

  reachable = false
  await Promise.all([...open].map((socket) => socket.close()))
  const notice = page.getByRole('status').filter({ hasText: 'The console cannot be reached since' })
  await expect(notice).toContainText('What you see is as it was then.')
  await expect(notice).toContainText(/Next try in \d+ s|Trying now/)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Queues')
  await expect(page.getByRole('banner')).toContainText('state not known since')
  expect(await seriousViolations(page)).toEqual([])

  reachable = true
  await page.getByRole('button', { name: 'Try now' }).click()
  await expect(notice).toHaveCount(0)
  await expect(page.getByRole('banner')).toContainText('synced')
  expect(await page.evaluate(() => 'sameDocument' in window)).toBe(true)
  await close()
  await running.stop()
  await redis.stop()
})

test('a console started anew refuses the page until its address is opened', async ({ browser }) => {
  const flags = ['--port', String(await freePort())]
  const first = await startConsole({ flags })
  const { page, close } = await visit(browser, first)
  await expect(page.getByRole('heading', { name: 'No environment yet' })).toBeVisible()
  await first.stop()
  const second = await startConsole({ flags })
  const refused = page.getByText('The console does not let this page in any more.')
  await expect(refused).toBeVisible({ timeout: 30_000 })
  const other = await page.context().newPage()
  await other.goto(second.url)
  await expect(refused).toHaveCount(0, { timeout: 30_000 })
  await expect(page.getByRole('heading', { name: 'No environment yet' })).toBeVisible()
  await close()
  await second.stop()
})

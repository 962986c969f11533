import { expect, test } from '@playwright/test'
import { freePort, startTestRedis } from '../../test-support/redis.ts'
import { chromiumExecutable } from '../support/chromium.ts'
import { startConsole, type ConsoleUnderTest } from '../support/console.ts'
import { addEnvironment, disconnect } from '../support/environments.ts'
import { seriousViolations, visit } from '../support/frame.ts'
import { openWorkshop } from '../support/workshop.ts'

test.use({ launchOptions: { executablePath: chromiumExecutable() ?? undefined } })

let running: ConsoleUnderTest
test.beforeAll(async () => {
  running = await startConsole()
})
test.afterAll(async () => {
  await running.stop()
})

test('a Redis that stops leaves its last view under a banner, and comes back by itself', async ({
  browser,
}) => {
  const port = await freePort()
  const url = `redis://127.0.0.1:${port}`
  let redis = await startTestRedis([`port ${port}`])
  const { id } = await addEnvironment(running, { url }, { name: 'Flaky' })
  const { page, close } = await visit(browser, running, `/e/${id}/queues`)
  const bar = page.getByRole('banner')
  await expect(bar).toContainText('synced')
  await expect(page.getByRole('heading', { name: 'No queues found' })).toBeVisible()
  await redis.stop()
  await expect(bar).toContainText(/reconnecting: (connection closed|nothing listens)/)
  const notice = page.getByRole('status').filter({ hasText: 'Reconnecting' })
  await expect(notice).toContainText(/You see what was there at \d\d:\d\d/)
  await expect(notice).toContainText(/next try in \d+ s|trying now/)
  await expect(notice.getByRole('button', { name: 'Test connection…' })).toBeVisible()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Queues')
  expect(await seriousViolations(page)).toEqual([])
  redis = await startTestRedis([`port ${port}`])
  await notice.getByRole('button', { name: 'Try now' }).click()
  await expect(bar).toContainText('synced')
  await expect(notice).toHaveCount(0)
  await close()
  await redis.stop()
})

test('what happens to environments that are not in front is told in one line', async ({
  browser,
}) => {
  const ports = [await freePort(), await freePort()]
  const start = async () => Promise.all(ports.map(async (port) => startTestRedis([`port ${port}`])))
  let servers = await start()
  const workshop = await openWorkshop()
  await workshop.queue('mail').add('letter', {})
  const front = await addEnvironment(running, workshop, { name: 'Front' })
  await addEnvironment(running, { url: `redis://127.0.0.1:${ports[0]}` }, { name: 'First' })
  await addEnvironment(running, { url: `redis://127.0.0.1:${ports[1]}` }, { name: 'Second' })
  const { page, close } = await visit(browser, running, `/e/${front.id}/queues`)
  await expect(page.getByRole('row', { name: /mail/ })).toBeVisible()
  await page.keyboard.press('e')
  await expect(page.getByRole('option', { name: /Second/ })).toContainText('connected')
  await page.keyboard.press('Escape')
  await Promise.all(servers.map((server) => server.stop()))
  await expect(page.getByText('2 environments do not answer: First, Second')).toBeVisible({
    timeout: 20_000,
  })
  await expect(page.getByRole('navigation')).toContainText(/environments away/)
  await expect(page.getByRole('alert')).toHaveCount(1)
  servers = await start()
  await expect(page.getByText(/back/)).toBeVisible({ timeout: 30_000 })
  await expect(page.getByText(/do(es)? not answer/)).toHaveCount(0, { timeout: 30_000 })
  await close()
  await Promise.all(servers.map((server) => server.stop()))
  await workshop.close()
})

test('a wrong password is told with what to do, and leads there', async ({ browser }) => {
  const redis = await startTestRedis(['requirepass right-one'])
  const { id } = await addEnvironment(
    running,
    redis,
    { name: 'Guarded' },
    { password: 'wrong-one' },
  )
  const { page, close } = await visit(browser, running, `/e/${id}/queues`)
  await expect(page.getByRole('heading', { name: 'Guarded does not let Vigie in' })).toBeVisible()
  await expect(page.getByRole('main')).toContainText('It refused the user or password.')
  await expect(page.getByRole('main')).toContainText(/tried again by itself/)
  await expect(page.getByRole('banner')).toContainText('refused: wrong user or password')
  expect(await seriousViolations(page)).toEqual([])
  await page.getByRole('button', { name: 'Edit…' }).click()
  await expect(page.getByRole('dialog')).toContainText('Guarded')
  await close()
  await redis.stop()
})

test('what is offline connects at a press', async ({ browser }) => {
  const redis = await startTestRedis()
  const { id } = await addEnvironment(running, redis, { name: 'Later', connectAtStart: false })
  await disconnect(running, id)
  const { page, close } = await visit(browser, running, `/e/${id}/queues`)
  await expect(page.getByRole('heading', { name: 'Later is offline' })).toBeVisible()
  await page.getByRole('main').getByRole('button', { name: 'Connect' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Queues')
  await expect(page.getByRole('banner')).toContainText('synced')
  await close()
  await redis.stop()
})

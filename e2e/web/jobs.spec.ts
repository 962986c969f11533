import { expect, test, type Page } from '@playwright/test'
import { startTcpProxy } from '../../test-support/tcp-proxy.ts'
import { chromiumExecutable } from '../support/chromium.ts'
import { startConsole, type ConsoleUnderTest } from '../support/console.ts'
import { seriousViolations, visit } from '../support/frame.ts'
import { openWorkshop, type Workshop } from '../support/workshop.ts'

test.use({ launchOptions: { executablePath: chromiumExecutable() ?? undefined } })

const environment = 'jobs'
let workshop: Workshop
let running: ConsoleUnderTest

test.beforeAll(async () => {
  test.setTimeout(180_000)
  workshop = await openWorkshop()
  await workshop.fail(
    'mail',
    Array.from({ length: 60 }, (_, index) => ({ name: `send-${index}` })),
  )
  await workshop.complete('images', [{}, {}])
  const delay = 3_600_000
  for (let start = 0; start < 100_000; start += 5_000) {
    await workshop.queue('many').addBulk(
      Array.from({ length: 5_000 }, (_, index) => ({
        name: 'later',
        data: { number: start + index },
        opts: { delay: delay + start + index },
      })),
    )
  }
  running = await startConsole({ redis: workshop.url, flags: ['--name', environment] })
})
test.afterAll(async () => {
  await running.stop()
  await workshop.close()
})

const link = (search: string) => `/e/${environment}/jobs?${search}`
const grid = (page: Page) => page.getByRole('grid')
const rowAt = (page: Page, index: number) => grid(page).locator(`[data-index="${index}"]`)
const rowOf = (page: Page, id: string) =>
  grid(page).getByRole('row', { name: new RegExp(`^${id} `) })

async function scrollTo(page: Page, share: number): Promise<void> {
  await grid(page).evaluate((element, to) => {
    element.scrollTop = (element.scrollHeight - element.clientHeight) * to
  }, share)
}

test('jobs of a state are listed newest first, with the columns that fit it', async ({
  browser,
}) => {
  const { page, complaints, close } = await visit(browser, running, link('queue=mail&state=failed'))
  await expect(rowAt(page, 0)).toContainText('send-59')
  await expect(rowAt(page, 0)).toContainText('SMTP refused the message')
  await expect(page.getByRole('main').getByText('60 failed', { exact: true })).toBeVisible()
  await expect(page.getByRole('columnheader', { name: 'Error' })).toBeVisible()
  await page.getByRole('link', { name: /^waiting 0/ }).click()
  await expect(page.getByRole('heading', { name: 'Nothing waits' })).toBeVisible()
  await page.getByRole('link', { name: 'See failed (60)' }).click()
  await expect(rowAt(page, 0)).toBeVisible()
  await page.goto(page.url().replace('mail&state=failed', 'images&state=completed'))
  await expect(rowAt(page, 1)).toBeVisible()
  await expect(page.getByRole('columnheader', { name: 'Error' })).toHaveCount(0)
  expect(await seriousViolations(page)).toEqual([])
  expect(complaints).toEqual([])
  await close()
})

test('states that do not fit beside the queue begin at the edge of the page', async ({
  browser,
}) => {
  const path = link('queue=mail&state=failed')
  const { page, close } = await visit(browser, running, path, { width: 1024 })
  await expect(rowAt(page, 0)).toBeVisible()
  const title = await page.getByRole('heading', { level: 1 }).boundingBox()
  const states = await page.getByRole('navigation', { name: 'States' }).boundingBox()
  expect(states?.y).toBeGreaterThan((title?.y ?? 0) + 20)
  expect(states?.x).toBe(title?.x)
  await close()
})

test('states are walked through with [ and ], and counts are live', async ({ browser }) => {
  const { page, close } = await visit(browser, running, link('queue=images&state=completed'))
  await expect(rowAt(page, 0)).toBeVisible()
  await page.keyboard.press('[')
  await expect(page).toHaveURL(/state=failed/)
  await expect(page.getByRole('heading', { name: 'No failed jobs' })).toBeVisible()
  await workshop.queue('images').pause()
  await expect(page.getByText('This queue is paused')).toBeVisible()
  await workshop.queue('images').add('resize', {})
  await expect(page.getByRole('link', { name: /^waiting 1/ })).toBeVisible()
  await workshop.queue('images').resume()
  await close()
})

test('what fails now shows at the top at once', async ({ browser }) => {
  const { page, close } = await visit(browser, running, link('queue=live&state=failed'))
  await workshop.fail('live', [{ name: 'first' }])
  await page.reload()
  await expect(rowAt(page, 0)).toContainText('first')
  const [id = ''] = await workshop.fail('live', [{ name: 'second' }])
  await expect(rowAt(page, 0)).toContainText('second')
  await expect(rowAt(page, 1)).toContainText('first')
  await (await workshop.queue('live').getJob(id))?.retry()
  await expect(rowAt(page, 0)).toContainText('first')
  await close()
})

test('further down nothing moves: a pill says what came, and rows that left are greyed', async ({
  browser,
}) => {
  await workshop.fail(
    'read',
    Array.from({ length: 200 }, (_, index) => ({ name: `old-${index}` })),
  )
  const { page, close } = await visit(browser, running, link('queue=read&state=failed'))
  await expect(rowAt(page, 0)).toBeVisible()
  await grid(page).evaluate((element) => {
    element.scrollTop = 100 * 32
  })
  await expect(rowAt(page, 105)).toContainText('old-')
  // Which one stands there is not certain: jobs that fail together do so in any order.
  const [standing = ''] = (await rowAt(page, 105).innerText()).split('\n')
  const before = await rowAt(page, 105).boundingBox()

  await workshop.fail('read', [{ name: 'new-0' }, { name: 'new-1' }, { name: 'new-2' }])
  const pill = page.getByRole('button', { name: '3 new' })
  await expect(pill).toBeVisible()
  await expect(rowAt(page, 105)).toContainText(standing)
  expect(await rowAt(page, 105).boundingBox()).toEqual(before)

  await (await workshop.queue('read').getJob(standing))?.retry()
  await expect(rowAt(page, 105)).toContainText('left this state')

  await pill.click()
  await expect(rowAt(page, 0)).toContainText('new-')
  await expect(rowOf(page, standing)).toHaveCount(0)
  await expect(pill).toHaveCount(0)
  await close()
})

test('a hundred thousand jobs scroll, and any place can be jumped to', async ({ browser }) => {
  const { page, complaints, close } = await visit(
    browser,
    running,
    link('queue=many&state=delayed'),
  )
  await expect(page.getByText('100,000 delayed', { exact: true })).toBeVisible()
  await expect(grid(page)).toHaveAttribute('aria-rowcount', '100001')
  await expect(rowAt(page, 0)).toContainText('later')
  for (let step = 0; step < 40; step += 1) {
    await grid(page).evaluate((element) => element.scrollBy(0, 1_500))
  }
  await expect(rowAt(page, 1_885)).toContainText('later')
  expect(await grid(page).getByRole('row').count()).toBeLessThan(60)

  await scrollTo(page, 0.3)
  await expect(page.getByRole('status').filter({ hasText: 'Reading the list' })).toBeVisible()
  await expect(rowAt(page, 29_995)).toContainText('later', { timeout: 30_000 })
  await scrollTo(page, 0)
  await expect(rowAt(page, 3)).toContainText('later')
  await scrollTo(page, 1)
  await expect(rowAt(page, 99_999)).toContainText('later', { timeout: 60_000 })
  expect(complaints).toEqual([])
  await close()
})

test('a job opens beside the list, j and k move through jobs, Esc leads back', async ({
  browser,
}) => {
  const { page, close } = await visit(browser, running, link('queue=mail&state=failed'))
  await rowAt(page, 2).click()
  await expect(page.getByRole('heading', { level: 2 })).toHaveText('send-57')
  await page.keyboard.press('j')
  await expect(page.getByRole('heading', { level: 2 })).toHaveText('send-56')
  await page.keyboard.press('ArrowUp')
  await expect(page.getByRole('heading', { level: 2 })).toHaveText('send-57')
  expect(page.url()).toContain('job=58')
  await page.keyboard.press('2')
  await expect(page.getByRole('tab', { name: 'Data' })).toHaveAttribute('aria-selected', 'true')
  await page.keyboard.press('j')
  await expect(page.getByRole('tab', { name: 'Data' })).toHaveAttribute('aria-selected', 'true')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('tab', { name: 'Data' })).toBeFocused()
  await page.keyboard.press('ArrowRight')
  await expect(page.getByRole('tab', { name: 'Error' })).toHaveAttribute('aria-selected', 'true')
  await page.keyboard.press('Escape')
  await expect(page.getByRole('tab', { name: 'Data' })).toHaveCount(0)
  await expect(rowAt(page, 3)).toBeFocused()
  await close()
})

test('a link to a job that is not in the list opens it all the same', async ({ browser }) => {
  const [id = ''] = await workshop.complete('linked', [{ name: 'done' }])
  const { page, close } = await visit(browser, running, link(`queue=linked&state=failed&job=${id}`))
  await expect(page.getByRole('heading', { level: 2, name: 'done' })).toBeVisible()
  await expect(page.getByRole('heading', { name: 'No failed jobs' })).toBeVisible()
  await close()
})

test('a queue that does not exist is said so, and another can be chosen', async ({ browser }) => {
  const { page, close } = await visit(browser, running, link('queue=nonsense&state=failed'))
  await expect(page.getByRole('heading', { name: 'No such queue' })).toBeVisible()
  await expect(page.getByText('QUEUE_NOT_FOUND')).toBeVisible()
  const actions = page.getByRole('alert').locator('a, button')
  await expect(actions.filter({ hasText: /./ })).toContainText(['All queues', 'Try again'])
  await page.getByRole('combobox', { name: 'Queue' }).click()
  await page.getByRole('option', { name: /^mail/ }).click()
  await expect(rowAt(page, 0)).toContainText('send-59')
  await close()
})

test('a list stays while Redis is away, greyed, and is read again when it is back', async ({
  browser,
}) => {
  const proxy = await startTcpProxy({ port: Number(new URL(workshop.url).port) })
  const flaky = await startConsole({
    redis: `redis://127.0.0.1:${proxy.port}`,
    flags: ['--name', 'flaky'],
  })
  const { page, close } = await visit(browser, flaky, '/e/flaky/jobs?queue=mail&state=failed')
  await expect(rowAt(page, 0)).toContainText('send-59')
  proxy.refuse()
  proxy.cut()
  await expect(page.getByText('You see the mirror as of')).toBeVisible()
  await expect(page.locator('[data-stale]')).toBeVisible()
  await expect(rowAt(page, 0)).toContainText('send-59')
  await page.getByRole('link', { name: /^completed/ }).click()
  await expect(page).toHaveURL(/state=completed/)
  await expect(page.locator('[data-stale]')).toBeVisible()
  proxy.restore()
  await expect(page.locator('[data-stale]')).toHaveCount(0, { timeout: 30_000 })
  await expect(page.getByRole('heading', { name: 'No completed jobs' })).toBeVisible()
  await close()
  await flaky.stop()
  await proxy.stop()
})

import { expect, test, type Download, type Page } from '@playwright/test'
import { readFile } from 'node:fs/promises'
import { startTcpProxy, type TcpProxy } from '../../test-support/tcp-proxy.ts'
import { chromiumExecutable } from '../support/chromium.ts'
import { startConsole, type ConsoleUnderTest } from '../support/console.ts'
import { seriousViolations, visit } from '../support/frame.ts'
import { openWorkshop, type Workshop } from '../support/workshop.ts'

test.use({ launchOptions: { executablePath: chromiumExecutable() ?? undefined } })

const environment = 'mirror'
const many = 30_000
let workshop: Workshop
let proxy: TcpProxy
let running: ConsoleUnderTest

test.beforeAll(async () => {
  test.setTimeout(180_000)
  workshop = await openWorkshop()
  await workshop.fail(
    'mail',
    Array.from({ length: 4 }, (_, index) => ({ name: 'send', data: { userId: `user ${index}` } })),
    () => new Error('=HYPERLINK("http://evil"), "quoted"'),
  )
  for (let start = 0; start < many; start += 5_000) {
    await workshop.queue('many').addBulk(
      Array.from({ length: 5_000 }, (_, index) => ({
        name: 'later',
        data: { number: start + index },
        opts: { delay: 3_600_000 + start + index },
      })),
    )
  }
  proxy = await startTcpProxy({ port: Number(new URL(workshop.url).port) })
  running = await startConsole({
    redis: `redis://127.0.0.1:${proxy.port}`,
    flags: ['--name', environment],
  })
})
test.afterAll(async () => {
  await running.stop()
  await proxy.stop()
  await workshop.close()
})

const link = (search = '') => `/e/${environment}/jobs${search}`
const grid = (page: Page) => page.getByRole('grid')
const rowAt = (page: Page, index: number) => grid(page).locator(`[data-index="${index}"]`)
const found = (page: Page, words: string) =>
  page.getByRole('main').getByText(words, { exact: true }).first()
const text = async (download: Download) => readFile(await download.path(), 'utf8')

test('any place of a long list is read at once, and stays while jobs come', async ({ browser }) => {
  const { page, complaints, close } = await visit(browser, running, link('?filter=name:later'))
  await expect(found(page, '30,000 jobs')).toBeVisible({ timeout: 60_000 })
  await grid(page).evaluate((element) => {
    element.scrollTop = 20_000 * 32
  })
  await expect(page.getByText(/^20,00\d of 30,000$/)).toBeVisible()
  await expect(rowAt(page, 20_005)).toContainText('later')
  expect(await grid(page).getByRole('row').count()).toBeLessThan(60)
  const standing = await rowAt(page, 20_005).innerText()
  await workshop
    .queue('many')
    .addBulk(Array.from({ length: 3 }, () => ({ name: 'later', data: {}, opts: { delay: 9e6 } })))
  const pill = page.getByRole('button', { name: '3 new' })
  await expect(pill).toBeVisible({ timeout: 15_000 })
  expect((await rowAt(page, 20_005).innerText()).split('\n')[1]).toBe(standing.split('\n')[1])
  await pill.click()
  await expect(pill).toHaveCount(0)
  await expect(rowAt(page, 0)).toContainText('later')
  await expect(grid(page)).toHaveAttribute('aria-rowcount', '30004')
  expect(complaints).toEqual([])
  await close()
})

test('what is found is exported, each row once and no cell a formula', async ({ browser }) => {
  const { page, close } = await visit(browser, running, link('?filter=state:failed'))
  await expect(found(page, '4 jobs')).toBeVisible()
  await page.getByRole('button', { name: 'Export…' }).click()
  const dialog = page.getByRole('dialog')
  expect(await seriousViolations(page)).toEqual([])
  const csv = page.waitForEvent('download')
  await dialog.getByRole('button', { name: 'Export 4 jobs' }).click()
  const lines = (await text(await csv)).replace('\uFEFF', '').trim().split('\r\n')
  expect((await csv).suggestedFilename()).toMatch(/\.csv$/)
  expect(lines[0]).toBe('queue,id,name,at,error,attempts,duration,wait,scheduler,parent')
  expect(lines).toHaveLength(5)
  expect(lines[1]).toContain(`"'=HYPERLINK(""http://evil""), ""quoted"""`)
  await expect(page.getByText('4 jobs exported')).toBeVisible()

  await page.getByRole('button', { name: 'Export…' }).click()
  await dialog.getByText('JSON lines', { exact: true }).click()
  await dialog.getByText(/^All \(/).click()
  const json = page.waitForEvent('download')
  await dialog.getByRole('button', { name: 'Export 4 jobs' }).click()
  const rows = (await text(await json))
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>)
  expect(new Set(rows.map(({ user }) => user))).toEqual(
    new Set(['user 0', 'user 1', 'user 2', 'user 3']),
  )
  expect(rows).toHaveLength(4)
  expect(rows[0]?.['error']).toBe('=HYPERLINK("http://evil"), "quoted"')

  await page.goto(`${running.url}#${link('?filter=name:later')}`)
  await expect(found(page, '30,003 jobs')).toBeVisible()
  await page.getByRole('button', { name: 'Export…' }).click()
  await dialog.getByText('Excel', { exact: true }).click()
  const book = page.waitForEvent('download')
  await dialog.getByRole('button', { name: 'Export 30,003 jobs' }).click()
  const file = await readFile(await (await book).path())
  expect(file.subarray(0, 2).toString()).toBe('PK')
  expect(file.length).toBeGreaterThan(100_000)
  await close()
})

test('a job that is gone from Redis is shown as the mirror kept it', async ({ browser }) => {
  const [id = ''] = await workshop.fail('mail', [{ name: 'brief', data: { userId: 'me' } }])
  const { page, close } = await visit(browser, running, link('?filter=name:brief with:gone'))
  await expect(rowAt(page, 0)).toContainText('brief', { timeout: 20_000 })
  await (await workshop.queue('mail').getJob(id))?.remove()
  await expect(rowAt(page, 0)).toContainText('failed· gone', { timeout: 30_000 })
  await expect(rowAt(page, 0).getByRole('img', { name: 'Gone from Redis' })).toBeVisible()
  expect(await seriousViolations(page)).toEqual([])
  await rowAt(page, 0).click()
  await expect(page.getByText('No longer in Redis since')).toBeVisible()
  await expect(page.getByRole('region', { name: 'Error' })).toContainText('SMTP refused')
  await expect(page.getByRole('button', { name: 'Retry' })).toHaveCount(0)
  await expect(page.getByRole('button', { name: 'Delete' })).toHaveCount(0)
  await page.keyboard.press('r')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await close()
})

test('without Redis all this works on the mirror, marked so, and actions say why not', async ({
  browser,
}) => {
  const { page, close } = await visit(browser, running, link('?filter=name:later'))
  await expect(page.getByText(/^30,00\d jobs$/)).toBeVisible({ timeout: 60_000 })
  await page.goto(`${running.url}#${link('?queue=mail&state=failed')}`)
  await expect(found(page, '4 failed')).toBeVisible()
  proxy.refuse()
  proxy.cut()
  await expect(found(page, '4 jobs')).toBeVisible({ timeout: 20_000 })
  await expect(page.locator('[data-stale]')).toBeVisible()
  await expect(page.getByText(/Mirror as of .*offline/)).toBeVisible()
  await page.keyboard.press('/')
  await page.keyboard.type('user:"user 2"')
  await page.keyboard.press('Enter')
  await expect(found(page, '1 job')).toBeVisible()
  await rowAt(page, 0).click()
  await expect(page.getByText('Redis cannot be read now')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Retry' })).toHaveAttribute('aria-disabled', 'true')
  expect(await seriousViolations(page)).toEqual([])
  await page.reload()
  await expect(found(page, '1 job')).toBeVisible()
  proxy.restore()
  await expect(page.locator('[data-stale]')).toHaveCount(0, { timeout: 30_000 })
  await expect(page.getByRole('tab', { name: 'Error' })).toBeVisible({ timeout: 20_000 })
  await close()
})

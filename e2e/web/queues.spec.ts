import { expect, test, type Page } from '@playwright/test'
import { chromiumExecutable } from '../support/chromium.ts'
import { startConsole, type ConsoleUnderTest } from '../support/console.ts'
import { focused, seriousViolations, visit } from '../support/frame.ts'
import { openWorkshop, type Workshop } from '../support/workshop.ts'

test.use({ launchOptions: { executablePath: chromiumExecutable() ?? undefined } })

let workshop: Workshop
let running: ConsoleUnderTest
let start: string

test.beforeAll(async () => {
  workshop = await openWorkshop()
  await workshop.fail('mail', [{}, {}, {}])
  await workshop.complete('images', [{}, {}])
  await workshop.complete('reports', [{}])
  await workshop.queue('reports').pause()
  await workshop.queue('reports').add('monthly', {})
  running = await startConsole({ redis: workshop.url, flags: ['--name', 'Queues'] })
  start = '/'
})
test.afterAll(async () => {
  await running.stop()
  await workshop.close()
})

const rowOf = (page: Page, name: string) => page.getByRole('row', { name: new RegExp(`^${name}`) })

async function names(page: Page): Promise<string[]> {
  const rows = page.getByRole('grid').getByRole('row')
  const texts = await rows.locator('[role="gridcell"]:first-child').allInnerTexts()
  return texts.map((text) => text.split('\n')[0] ?? '')
}

test('queues are listed with what they hold, those in trouble first', async ({ browser }) => {
  const { page, complaints, close } = await visit(browser, running, start)
  await expect(rowOf(page, 'mail')).toBeVisible()
  expect(await names(page)).toEqual(['mail', 'reports', 'images'])
  await expect(rowOf(page, 'mail')).toContainText('BullMQ 6.7')
  await expect(rowOf(page, 'mail')).toContainText('100%')
  await expect(rowOf(page, 'reports')).toContainText('paused')
  await expect(page.getByRole('group', { name: 'Totals of the queues shown' })).toContainText(
    '3failed',
  )
  expect(await seriousViolations(page)).toEqual([])
  expect(complaints).toEqual([])
  await close()
})

test('text, toggles and order live in the address and survive a reload', async ({ browser }) => {
  const { page, close } = await visit(browser, running, start)
  await expect(rowOf(page, 'mail')).toBeVisible()
  await page.getByRole('button', { name: /^Paused/ }).click()
  await expect.poll(() => names(page)).toEqual(['reports'])
  await page.getByRole('button', { name: /^With failures/ }).click()
  await page.getByRole('columnheader', { name: 'Name' }).getByRole('button').click()
  await page.getByRole('columnheader', { name: 'Name' }).getByRole('button').click()
  await expect.poll(() => names(page)).toEqual(['reports', 'mail'])
  expect(page.url()).toContain('only=failures%2Cpaused')
  expect(page.url()).toContain('sort=-name')
  await page.reload()
  await expect.poll(() => names(page)).toEqual(['reports', 'mail'])
  await page.getByRole('searchbox', { name: 'Filter by name' }).fill('nothing like it')
  await expect(page.getByRole('heading', { name: 'No queue matches' })).toBeVisible()
  await page.getByRole('button', { name: 'Show all queues' }).click()
  await expect.poll(async () => (await names(page)).length).toBe(3)
  await close()
})

test('figures follow Redis without a reload', async ({ browser }) => {
  const { page, close } = await visit(browser, running, start)
  const waiting = rowOf(page, 'images').getByRole('gridcell').nth(3)
  await expect(waiting).toHaveText('0')
  await workshop.queue('images').addBulk([
    { name: 'resize', data: {} },
    { name: 'resize', data: {} },
  ])
  await expect(waiting).toHaveText('2')
  await expect(rowOf(page, 'images').getByRole('gridcell').nth(10)).toHaveText('0')
  const worker = workshop.work('images', async () => Promise.resolve())
  await expect(rowOf(page, 'images').getByRole('gridcell').nth(10)).toHaveText('1')
  await expect(waiting).toHaveText('0')
  await worker.close()
  await close()
})

test('a queue opens with the keyboard, on its failed jobs when it has any', async ({ browser }) => {
  const { page, close } = await visit(browser, running, start)
  await expect(rowOf(page, 'mail')).toBeVisible()
  await page.keyboard.press('/')
  expect(await focused(page)).toBe('Filter by name')
  await page.keyboard.type('mai')
  await expect.poll(() => names(page)).toEqual(['mail'])
  await page.keyboard.press('Escape')
  await expect.poll(async () => (await names(page)).length).toBe(3)
  await page.keyboard.press('j')
  await expect(rowOf(page, 'mail')).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/jobs\?queue=mail&state=failed$/)
  await expect(page.getByRole('grid', { name: 'failed jobs of mail' })).toBeVisible()
  await close()
})

test('a queue that was not found is added by name, and why it cannot be is said inside', async ({
  browser,
}) => {
  const { page, close } = await visit(browser, running, start)
  await page.getByRole('button', { name: 'Add queue' }).click()
  const dialog = page.getByRole('dialog', { name: 'Add a queue' })
  const name = dialog.getByRole('textbox', { name: 'Name of the queue' })
  await dialog.getByRole('button', { name: 'Add queue' }).click()
  await expect(dialog).toContainText('Type a name.')
  await name.fill('a:b')
  await page.keyboard.press('Enter')
  await expect(dialog).toContainText('The name of a queue has no colon.')
  await name.fill('mail')
  await page.keyboard.press('Enter')
  await expect(dialog).toContainText('This queue is listed already.')
  await name.fill('late')
  await page.keyboard.press('Enter')
  await expect(dialog).toContainText('Redis holds no queue “late” under this prefix.')
  await workshop.queue('late').add('first', {})
  await page.keyboard.press('Enter')
  await expect(dialog).toBeHidden()
  await expect(rowOf(page, 'late')).toBeVisible()
  await close()
})

test('a scan can be started again and finds what came meanwhile', async ({ browser }) => {
  const { page, close } = await visit(browser, running, start)
  await expect(rowOf(page, 'mail')).toBeVisible()
  await workshop.queue('newcomer').add('first', {})
  await page.getByRole('button', { name: 'Scan for queues' }).click()
  await expect(rowOf(page, 'newcomer')).toBeVisible({ timeout: 20_000 })
  await close()
})

test('a Redis without queues says why that may be and what to do', async ({ browser }) => {
  const other = await startConsole({
    redis: workshop.url,
    flags: ['--name', 'Empty', '--prefix', 'elsewhere'],
  })
  const { page, close } = await visit(browser, other)
  await expect(page.getByRole('heading', { name: 'No queues found' })).toBeVisible()
  await expect(page.getByRole('main')).toContainText('under the prefix “elsewhere”')
  expect(await seriousViolations(page)).toEqual([])
  await page.getByRole('main').getByRole('button', { name: 'Add queue' }).last().click()
  await expect(page.getByRole('dialog', { name: 'Add a queue' })).toBeVisible()
  await close()
  await other.stop()
})

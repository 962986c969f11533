import { mkdtempSync } from 'node:fs'
import { rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, type Page, test } from '@playwright/test'
import { startDemo } from '../../demo/demo.ts'
import { chromiumExecutable } from '../support/chromium.ts'
import { startConsole, type ConsoleUnderTest } from '../support/console.ts'
import { seriousViolations, visit } from '../support/frame.ts'

test.use({ launchOptions: { executablePath: chromiumExecutable() ?? undefined } })

let running: ConsoleUnderTest
test.beforeAll(async () => {
  running = await startConsole({ demo: { still: true } })
})
test.afterAll(() => running.stop())

const status = (page: Page) => page.getByRole('banner').getByRole('link')
const figure = (page: Page, name: string) =>
  page.locator('dl > div', { has: page.getByText(name, { exact: true }) }).locator('dd')

for (const colorScheme of ['light', 'dark'] as const) {
  test(`the bar tells how fresh the mirror is, and leads to what it holds, in ${colorScheme}`, async ({
    browser,
  }) => {
    const { page, complaints, close } = await visit(browser, running, '/e/demo/queues', {
      colorScheme,
    })
    await expect(status(page)).toHaveText(/^synced (now|\ds ago)$/)
    await status(page).click()
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Mirror')
    await expect(figure(page, 'Jobs in Redis')).toHaveText('651')
    await expect(figure(page, 'On disk')).toHaveText(/^[\d.]+\sMB$/)
    await expect(page.getByRole('row', { name: /^articles/ })).toContainText('complete')
    await expect(page.getByRole('region', { name: 'Progress' })).toContainText('all indexed')
    expect(await seriousViolations(page)).toEqual([])
    await page.getByRole('tab', { name: 'Settings' }).click()
    await expect(page.getByText(/^Job (?!id$)/)).toBeVisible()
    expect(await seriousViolations(page)).toEqual([])
    expect(complaints).toEqual([])
    await close()
  })
}

test('pausing is told wherever one is, and resuming catches up', async ({ browser }) => {
  const { page, close } = await visit(browser, running, '/e/demo/mirror')
  await expect(status(page)).toHaveText(/^synced/)
  await expect(page.getByRole('button', { name: 'Pause' })).toBeVisible()
  await page.keyboard.press('p')
  await expect(status(page)).toHaveText('mirror paused')
  await page.getByRole('link', { name: /^Queues/ }).click()
  await expect(status(page)).toHaveText('mirror paused')
  await page.goBack()
  await page.getByRole('button', { name: 'Resume' }).click()
  await expect(status(page)).toHaveText(/^synced/)
  await close()
})

test('a rebuild says what is lost and what is not touched, and reads all again', async ({
  browser,
}) => {
  const { page, close } = await visit(browser, running, '/e/demo/mirror')
  await expect(figure(page, 'Jobs in Redis')).toHaveText('651')
  await page.getByRole('button', { name: 'Rebuild…', exact: true }).click()
  const dialog = page.getByRole('dialog', { name: 'Rebuild the mirror of Demo?' })
  await expect(dialog).toContainText('Redis is not changed, the audit is not touched')
  await expect(dialog).toContainText('This cannot be undone.')
  await dialog.getByRole('button', { name: 'Rebuild the mirror' }).click()
  await expect(dialog).toHaveCount(0)
  await expect(figure(page, 'Jobs in Redis')).toHaveText('651', { timeout: 15_000 })
  await page.getByRole('button', { name: 'Rebuild seo…' }).click()
  await page.getByRole('button', { name: 'Read the queue anew' }).click()
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await expect(page.getByRole('row', { name: /^seo/ })).toContainText('98')
  await close()
})

test('the settings show on a real job what they would keep, and are kept', async ({ browser }) => {
  const { page, close } = await visit(browser, running, '/e/demo/mirror?tab=settings')
  const user = page.getByRole('group', { name: 'User' })
  await expect(user.getByLabel('Found')).toHaveText(/^\d+$/)
  await user.getByRole('textbox', { name: 'Path 1 of User' }).fill('data.locale')
  await expect(user.getByLabel('Found')).toHaveText(/^[a-z]{2}$/)
  await user.getByRole('button', { name: 'Move down' }).first().click()
  await expect(user.getByRole('textbox', { name: 'Path 2 of User' })).toHaveValue('data.locale')

  const save = page.getByRole('button', { name: 'Save', exact: true })
  await user.getByRole('textbox', { name: 'Path 1 of User' }).fill('result.user')
  await expect(user).toContainText('Begins with data.')
  await expect(save).toBeDisabled()
  await user.getByRole('button', { name: 'Remove Path 1 of User' }).click()
  await expect(save).toBeEnabled()

  await page.getByRole('button', { name: 'Add a pattern' }).click()
  await page.keyboard.type('(')
  await expect(page.getByText('Not a regular expression.')).toBeVisible()
  await page.keyboard.press('Backspace')
  await page.keyboard.type('^locale$')
  await expect(page.getByText('1 value taken out')).toBeVisible()
  await expect(page.getByLabel('Payload as it would be kept')).toContainText('[redacted]')

  await page.getByText('Failed jobs', { exact: true }).click()
  await expect(page.getByText(/^Payloads often hold personal data/)).toBeVisible()
  await expect(page.getByText(/for the 49 jobs of now/)).toBeVisible()

  await page.getByRole('tab', { name: 'Status' }).click()
  const leave = page.getByRole('dialog', { name: 'Leave without saving?' })
  await leave.getByRole('button', { name: 'Keep editing' }).click()
  await save.click()
  await expect(page.getByText('Saved; what it touches is read anew')).toBeVisible()
  await page.reload()
  await expect(page.getByRole('textbox', { name: 'Path 1 of User' })).toHaveValue('data.locale')
  await expect(page.getByRole('radio', { name: 'Failed jobs' })).toBeChecked()
  await page.getByRole('button', { name: 'Usual settings' }).click()
  await expect(page.getByRole('textbox', { name: 'Path 1 of User' })).toHaveValue('data.userId')
  await save.click()
  await expect(page.getByText('Not saved yet')).toHaveCount(0)
  await close()
})

test('a damaged mirror says so, and is mended by a rebuild', async ({ browser }) => {
  const data = mkdtempSync(join(tmpdir(), 'vigie-e2e-'))
  const demo = await startDemo({ still: true })
  const settings = { redis: demo.url, data, flags: ['--name', 'kept'] }
  let console = await startConsole(settings)
  try {
    await console.stop()
    await writeFile(join(data, 'mirror-kept.db'), 'not a database at all, whatever its name says')
    console = await startConsole(settings)
    const { page, close } = await visit(browser, console, '/e/kept/failures')
    await expect(status(page)).toHaveText('mirror damaged')
    await page.getByRole('link', { name: 'Open the mirror' }).click()
    await expect(page.getByRole('alert')).toContainText('Redis, the live lists and the audit')
    expect(await seriousViolations(page)).toEqual([])
    await page.getByRole('alert').getByRole('button', { name: 'Rebuild…' }).click()
    await page.getByRole('button', { name: 'Rebuild the mirror' }).click()
    await expect(status(page)).toHaveText(/^synced/)
    await expect(page.getByRole('alert')).toHaveCount(0)
    await close()
  } finally {
    await console.stop()
    await demo.stop()
    await rm(data, { recursive: true, force: true })
  }
})

test('without the network the mirror is shown and marked, also after a start without it', async ({
  browser,
}) => {
  const data = mkdtempSync(join(tmpdir(), 'vigie-e2e-'))
  const demo = await startDemo({ still: true })
  const settings = { redis: demo.url, data, flags: ['--name', 'kept'] }
  let console = await startConsole(settings)
  try {
    const { page, close } = await visit(browser, console, '/e/kept/failures')
    const row = page.getByRole('row', { name: /ZodError frontMatter/ })
    await expect(status(page)).toHaveText(/^synced/)
    await expect(row).toContainText('parseFrontMatter')
    await demo.stop()
    await expect(status(page)).toHaveText(/^mirror as of \d\d:\d\d$/, { timeout: 15_000 })
    await expect(page.getByText(/You see the mirror as of/)).toBeVisible()
    await expect(row).toBeVisible()
    await page.getByRole('link', { name: /^Queues/ }).click()
    await expect(page.getByRole('link', { name: 'Search the mirror' })).toBeVisible()
    await close()
    await console.stop()

    console = await startConsole(settings)
    const again = await visit(browser, console, '/e/kept/failures')
    const kept = again.page.getByRole('row', { name: /ZodError frontMatter/ })
    await expect(kept).toBeVisible()
    await expect(status(again.page)).toHaveText(/^mirror as of \d\d:\d\d$/)
    await expect(again.page.getByText(/· offline/)).toBeVisible()
    await kept.click()
    await expect(again.page.getByRole('heading', { name: 'Newest sample' })).toBeVisible()
    expect(await seriousViolations(again.page)).toEqual([])
    await again.page.goto(`${console.origin}/#/e/kept/mirror`)
    await expect(figure(again.page, 'Jobs in Redis')).toHaveText('651')
    await expect(again.page.getByRole('button', { name: /^Rebuild/ })).toHaveCount(0)
    await again.page.goto(`${console.origin}/#/e/kept/queues`)
    await expect(again.page.getByRole('link', { name: 'Search the mirror' })).toBeVisible()
    await again.close()
  } finally {
    await console.stop()
    await demo.stop()
    await rm(data, { recursive: true, force: true })
  }
})

import { expect, test } from '@playwright/test'
import { chromiumExecutable } from '../support/chromium.ts'
import { startConsole, type ConsoleUnderTest } from '../support/console.ts'
import { visit } from '../support/frame.ts'

test.use({ launchOptions: { executablePath: chromiumExecutable() ?? undefined } })

let running: ConsoleUnderTest
test.beforeAll(async () => {
  running = await startConsole({ demo: { still: true } })
})
test.afterAll(async () => {
  await running.stop()
})

test('the palette goes to a page, a queue and a job by its id', async ({ browser }) => {
  const { page, close } = await visit(browser, running, '/e/demo/queues')
  await expect(page.getByRole('row', { name: /articles/ })).toBeVisible()
  const palette = page.getByRole('dialog', { name: 'Search and commands' })
  const options = palette.getByRole('option')

  await page.keyboard.press('Control+k')
  await page.keyboard.type('audit')
  await expect(options.first()).toContainText('Go to Audit')
  await page.keyboard.press('Enter')
  await expect(palette).toHaveCount(0)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Audit')

  await page.keyboard.press('Control+k')
  await page.keyboard.type('photo')
  await expect(options.first()).toContainText('photo-analyze')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/jobs\?queue=photo-analyze/)

  await page.keyboard.press('Control+k')
  await page.keyboard.type('3')
  const job = options.filter({ hasText: 'seo ·' })
  await expect(job).toHaveCount(1)
  while ((await job.getAttribute('aria-selected')) !== 'true') {
    await page.keyboard.press('ArrowDown')
  }
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/jobs\?queue=seo&job=3(&|$)/)
  await close()
})

test('arrows go round, what is active is announced, and Esc leaves things as they were', async ({
  browser,
}) => {
  const { page, close } = await visit(browser, running, '/settings')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Settings')
  await page.getByRole('button', { name: 'Search and commands' }).click()
  const field = page.getByRole('combobox', { name: 'Search and commands' })
  await expect(field).toBeFocused()
  const options = page.getByRole('option')
  const active = async () => field.getAttribute('aria-activedescendant')
  await expect(options.first()).toHaveAttribute('aria-selected', 'true')
  expect(await active()).toBe(await options.first().getAttribute('id'))
  await page.keyboard.press('ArrowUp')
  await expect(options.last()).toHaveAttribute('aria-selected', 'true')
  expect(await active()).toBe(await options.last().getAttribute('id'))
  await page.keyboard.press('ArrowDown')
  await expect(options.first()).toHaveAttribute('aria-selected', 'true')
  await field.fill('nothing of this name')
  await expect(page.getByText('Nothing matches')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(field).toHaveCount(0)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Settings')
  await close()
})

test('theme and language change at once and are remembered', async ({ browser }) => {
  const { page, close } = await visit(browser, running, '/settings')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Settings')
  const html = page.locator('html')
  await expect(html).toHaveAttribute('data-mantine-color-scheme', 'light')
  const options = page.getByRole('option')
  await page.keyboard.press('Control+k')
  await page.keyboard.type('theme dark')
  await expect(options.first()).toHaveText('Theme: dark')
  await page.keyboard.press('Enter')
  await expect(html).toHaveAttribute('data-mantine-color-scheme', 'dark')
  await page.keyboard.press('Control+k')
  await page.keyboard.type('language french')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Réglages')
  await expect(html).toHaveAttribute('lang', 'fr')
  await page.reload()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Réglages')
  await expect(html).toHaveAttribute('data-mantine-color-scheme', 'dark')
  await page.getByRole('radiogroup', { name: 'Langue' }).getByText('Système').click()
  await page.getByRole('radiogroup', { name: 'Theme' }).getByText('System').click()
  await expect(html).toHaveAttribute('data-mantine-color-scheme', 'light')
  await close()
})

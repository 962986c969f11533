import { expect, test } from '@playwright/test'
import { chromiumExecutable } from '../support/chromium.ts'
import { startConsole, type ConsoleUnderTest } from '../support/console.ts'
import { focused, visit } from '../support/frame.ts'

test.use({ launchOptions: { executablePath: chromiumExecutable() ?? undefined } })

let running: ConsoleUnderTest
test.beforeAll(async () => {
  running = await startConsole({ demo: { still: true } })
})
test.afterAll(async () => {
  await running.stop()
})

test('the start shows the queues of the first environment, and says where one is', async ({
  browser,
}) => {
  const { page, complaints, close } = await visit(browser, running)
  await expect(page).toHaveURL(/#\/e\/demo\/queues/)
  await expect(page.getByRole('row', { name: /articles/ })).toBeVisible()
  await expect(page).toHaveTitle('Queues · Demo · Vigie')
  await expect(page.getByRole('banner')).toContainText('Demo')
  await expect(page.getByRole('banner')).toContainText('development')
  await expect(page.getByRole('banner')).toContainText(/synced (now|\ds ago)/)
  expect(complaints).toEqual([])
  await close()
})

test('every page is reached by the keyboard alone', async ({ browser }) => {
  const { page, close } = await visit(browser, running, '/e/demo/queues')
  await expect(page.getByRole('grid')).toBeVisible()
  await page.keyboard.press('g')
  await page.keyboard.press('a')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Audit')
  await page.keyboard.press('g')
  await page.keyboard.press('s')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Settings')
  await page.keyboard.press('g')
  await page.keyboard.press('j')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Jobs')
  await page.keyboard.press('g')
  await page.keyboard.press('q')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Queues')
  await expect(page.getByRole('link', { name: /^Queues/ })).toHaveAttribute('aria-current', 'page')
  await close()
})

test('the first Tab skips to the content', async ({ browser }) => {
  const { page, close } = await visit(browser, running, '/settings')
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await page.keyboard.press('Tab')
  expect(await focused(page)).toBe('Skip to the content')
  await page.keyboard.press('Enter')
  expect(await page.evaluate(() => document.activeElement?.id)).toBe('content')
  await close()
})

test('keys move through a list and open a row, and typing in a field is left alone', async ({
  browser,
}) => {
  const { page, close } = await visit(browser, running, '/e/demo/queues')
  const rows = page.getByRole('grid').locator('[role=row][aria-rowindex]')
  await expect(rows.nth(3)).toBeVisible()
  await page.keyboard.press('/')
  await page.keyboard.type('gj?k')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Queues')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await page.keyboard.press('Control+a')
  await page.keyboard.press('Backspace')
  await page.keyboard.press('Escape')
  await rows.nth(1).focus()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('j')
  await expect(rows.nth(3)).toBeFocused()
  await page.keyboard.press('k')
  await expect(rows.nth(2)).toBeFocused()
  await page.keyboard.press('End')
  await expect(rows.last()).toBeFocused()
  await page.keyboard.press('Home')
  await expect(rows.nth(1)).toBeFocused()
  const name = await rows.nth(1).getByRole('gridcell').first().innerText()
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/jobs\?queue=/)
  expect(page.url()).toContain(encodeURIComponent(name.split('\n')[0] ?? ''))
  await close()
})

test('? lists the keys that work here, Esc closes the list and gives the focus back', async ({
  browser,
}) => {
  const { page, close } = await visit(browser, running, '/e/demo/audit')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Audit')
  const verify = page.getByRole('button', { name: 'Verify the chain' })
  await verify.focus()
  await page.keyboard.press('?')
  const help = page.getByRole('dialog', { name: 'Keyboard shortcuts' })
  await expect(help).toContainText('Go to Queues')
  await expect(help).toContainText('Filter this list')
  await page.keyboard.press('Escape')
  await expect(help).toHaveCount(0)
  await expect(verify).toBeFocused()
  await close()
})

test('an address that leads nowhere says so and leads back', async ({ browser }) => {
  const { page, close } = await visit(browser, running, '/nowhere')
  await expect(page.getByRole('heading', { name: 'There is nothing here' })).toBeVisible()
  await expect(page.getByText('/nowhere')).toBeVisible()
  await page.getByRole('link', { name: 'Go back to where you were' }).click()
  await expect(page).toHaveURL(/#\/e\/demo\/queues/)
  await page.goto(`${running.origin}/#/e/gone/queues`)
  await expect(page.getByRole('heading', { name: 'No such environment' })).toBeVisible()
  await close()
})

test('the environment opens what is known of it', async ({ browser }) => {
  const { page, close } = await visit(browser, running, '/e/demo/queues')
  const button = page.getByRole('button', { name: 'Environment: Demo, development' })
  await button.click()
  const switcher = page.getByRole('listbox', { name: 'Switch environment' })
  await expect(switcher).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(switcher).toHaveCount(0)
  await expect(button).toBeFocused()
  await button.click()
  await page.getByRole('link', { name: 'About Demo' }).click()
  const facts = page.getByRole('region', { name: 'Demo' })
  await expect(facts).toContainText('redis://127.0.0.1')
  await expect(facts).not.toContainText('@')
  await expect(facts).toContainText(/Redis version\s*\d+\.\d+/)
  await close()
})

test('a narrow window folds the navigation but keeps its names for assistive technology', async ({
  browser,
}) => {
  const { page, close } = await visit(browser, running, '/e/demo/audit', { width: 1024 })
  const navigation = page.getByRole('navigation', { name: 'Pages' })
  await expect(navigation.getByRole('link', { name: 'Audit' })).toBeVisible()
  expect((await navigation.boundingBox())?.width).toBeLessThan(60)
  await page.setViewportSize({ width: 1300, height: 800 })
  await expect.poll(async () => (await navigation.boundingBox())?.width).toBeGreaterThan(150)
  await page.getByRole('button', { name: 'Fold the navigation' }).click()
  await expect.poll(async () => (await navigation.boundingBox())?.width).toBeLessThan(60)
  await page.reload()
  await expect.poll(async () => (await navigation.boundingBox())?.width).toBeLessThan(60)
  await close()
})

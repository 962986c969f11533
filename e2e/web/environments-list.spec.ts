import { expect, test } from '@playwright/test'
import { startTestRedis, type TestRedis } from '../../test-support/redis.ts'
import { chromiumExecutable } from '../support/chromium.ts'
import { startConsole, type ConsoleUnderTest } from '../support/console.ts'
import { addEnvironment } from '../support/environments.ts'
import { visit } from '../support/frame.ts'
import { chooseFor, dialogCalled, environmentNames } from '../support/profiles.ts'

test.use({ launchOptions: { executablePath: chromiumExecutable() ?? undefined } })

let redis: TestRedis
let running: ConsoleUnderTest

test.beforeAll(async () => {
  redis = await startTestRedis()
})
test.afterAll(async () => {
  await redis.stop()
})
test.beforeEach(async () => {
  running = await startConsole()
  for (const name of ['One', 'Two', 'Three']) await addEnvironment(running, redis, { name })
})
test.afterEach(async () => {
  await running.stop()
})

test('environments are put in another order, which lasts', async ({ browser }) => {
  const { page, close } = await visit(browser, running, '/environments')
  await expect.poll(() => environmentNames(page)).toEqual(['One', 'Two', 'Three'])
  await chooseFor(page, 'Three', 'Move up')
  await expect.poll(() => environmentNames(page)).toEqual(['One', 'Three', 'Two'])
  await expect(page.getByText('Three is now number 2 of 3')).toBeAttached()
  await page.getByRole('button', { name: 'What to do with One' }).click()
  await expect(page.getByRole('menuitem', { name: 'Move up' })).toBeDisabled()
  await page.keyboard.press('Escape')
  await page.reload()
  await expect.poll(() => environmentNames(page)).toEqual(['One', 'Three', 'Two'])
  await close()
})

test('an environment is deleted once its name was typed; the others stay', async ({ browser }) => {
  const { page, complaints, close } = await visit(browser, running, '/environments')
  await chooseFor(page, 'Two', 'Delete…')
  const dialog = await dialogCalled(page, 'Delete Two?')
  const button = dialog.getByRole('button', { name: 'Delete the environment' })
  await expect(dialog.getByLabel(/^Type its name/)).toBeFocused()
  await page.keyboard.type('two')
  await expect(button).toBeDisabled()
  await dialog.getByLabel(/^Type its name/).fill('Two')
  await page.keyboard.press('Enter')
  await expect(dialog).toBeHidden()
  await expect.poll(() => environmentNames(page)).toEqual(['One', 'Three'])
  expect(complaints).toEqual([])
  await close()
})

test('setting up is in the palette, too', async ({ browser }) => {
  const { page, close } = await visit(browser, running, '/environments')
  await expect.poll(() => environmentNames(page)).toHaveLength(3)
  for (const [typed, title] of [
    ['new environment', 'New environment'],
    ['edit one', 'Edit One'],
    ['test the connection', 'Test connection to One'],
    ['import environments', 'Import environments'],
    ['export environments', 'Export environments'],
  ] as const) {
    await page.keyboard.press('Control+k')
    await page.getByRole('combobox').fill(typed)
    await page.keyboard.press('Enter')
    const dialog = await dialogCalled(page, title)
    await page.keyboard.press('Escape')
    await expect(dialog).toBeHidden()
  }
  await close()
})

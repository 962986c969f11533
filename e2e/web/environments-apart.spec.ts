import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import BetterSqlite from 'better-sqlite3'
import { startTestRedis, type TestRedis } from '../../test-support/redis.ts'
import { chromiumExecutable } from '../support/chromium.ts'
import { startConsole } from '../support/console.ts'
import { addEnvironment } from '../support/environments.ts'
import { seriousViolations, visit } from '../support/frame.ts'
import { chooseFor, dialogCalled, environmentNames, newEnvironment } from '../support/profiles.ts'

test.use({ launchOptions: { executablePath: chromiumExecutable() ?? undefined } })

let redis: TestRedis

test.beforeAll(async () => {
  redis = await startTestRedis()
})
test.afterAll(async () => {
  await redis.stop()
})

test('a second way to a locked environment asks for its name, and no two have one name', async ({
  browser,
}) => {
  const running = await startConsole()
  await addEnvironment(running, redis, { name: 'eu-west', kind: 'production' })
  const { page, close } = await visit(browser, running, '/environments')
  await expect.poll(() => environmentNames(page)).toEqual(['eu-west'])
  const form = await newEnvironment(page)
  await form.getByLabel('Name').fill('EU-West')
  await form.getByLabel('Host', { exact: true }).fill('localhost')
  await form.getByLabel('Port', { exact: true }).fill(String(redis.port))
  const add = form.getByRole('button', { name: 'Add environment' })
  await add.click()
  await expect(form.getByText('Another environment has this name.')).toBeVisible()
  await expect(form.getByLabel('Name')).toBeFocused()
  await form.getByLabel('Name').fill('Back door')
  await add.click()
  const question = await dialogCalled(page, 'Go round the lock of eu-west?')
  const confirm = question.getByRole('button', { name: 'Save all the same' })
  await question.getByLabel(/^Type the name/).fill('Back door')
  await expect(confirm).toBeDisabled()
  expect(await seriousViolations(page)).toEqual([])
  await page.keyboard.press('Escape')
  await expect(question).toBeHidden()
  await add.click()
  await question.getByLabel(/^Type the name/).fill('eu-west')
  await confirm.click()
  await expect.poll(() => environmentNames(page)).toEqual(['eu-west', 'Back door'])
  await close()
  await running.stop()
})

test('a copy begins with a name of its own', async ({ browser }) => {
  const running = await startConsole()
  await addEnvironment(running, redis, { name: 'One' })
  await addEnvironment(running, redis, { name: 'One (Copy)' })
  const { page, close } = await visit(browser, running, '/environments')
  await chooseFor(page, 'One', 'Duplicate…')
  const form = await dialogCalled(page, 'Duplicate One')
  await expect(form.getByLabel('Name')).toHaveValue('One (copy) (2)')
  await close()
  await running.stop()
})

test('an environment whose keychain is gone is deleted without it', async ({ browser }) => {
  const data = await mkdtemp(join(tmpdir(), 'vigie-e2e-'))
  const first = await startConsole({ data })
  await addEnvironment(first, redis, { name: 'Kept' })
  await first.stop()
  const store = new BetterSqlite(join(data, 'vigie.db'))
  store.exec(`UPDATE environment SET secrets = '["password"]', secrets_kept = 'keychain'`)
  store.close()

  const running = await startConsole({ data })
  const { page, close } = await visit(browser, running, '/environments')
  await chooseFor(page, 'Kept', 'Delete…')
  const dialog = await dialogCalled(page, 'Delete Kept?')
  await dialog.getByLabel(/^Type its name/).fill('Kept')
  const remove = dialog.getByRole('button', { name: 'Delete the environment' })
  await remove.click()
  await expect(dialog.getByRole('alert')).toContainText('The keychain cannot be used')
  expect(await seriousViolations(page)).toEqual([])
  await dialog.getByLabel('Delete Kept and leave its secrets in the keychain').check()
  await remove.click()
  await expect(dialog).toBeHidden()
  await expect.poll(() => environmentNames(page)).toEqual([])
  await close()
  await running.stop()
  await rm(data, { recursive: true, force: true })
})

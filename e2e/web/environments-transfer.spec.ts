import { expect, type Page, test } from '@playwright/test'
import { readFile } from 'node:fs/promises'
import { startTestRedis, type TestRedis } from '../../test-support/redis.ts'
import { chromiumExecutable } from '../support/chromium.ts'
import { startConsole, type ConsoleUnderTest } from '../support/console.ts'
import { addEnvironment } from '../support/environments.ts'
import { seriousViolations, visit } from '../support/frame.ts'
import { chooseFor, dialogCalled, environmentNames } from '../support/profiles.ts'

test.use({ launchOptions: { executablePath: chromiumExecutable() ?? undefined } })

const password = 'never-in-the-clear'
const passphrase = 'correct horse battery'
let redis: TestRedis
let running: ConsoleUnderTest
let other: ConsoleUnderTest

test.beforeAll(async () => {
  redis = await startTestRedis([`requirepass ${password}`])
})
test.afterAll(async () => {
  await redis.stop()
})
test.beforeEach(async () => {
  running = await startConsole()
  other = await startConsole()
  await addEnvironment(running, redis, { name: 'Local' }, { password })
  await addEnvironment(running, redis, { name: 'eu-west', kind: 'production', color: 'red' })
})
test.afterEach(async () => {
  await running.stop()
  await other.stop()
})

/** Presses the button and gives the file that comes of it. */
async function exported(page: Page): Promise<{ name: string; text: string; buffer: Buffer }> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: /^Export \d/ }).click(),
  ])
  const buffer = await readFile(await download.path())
  return { name: download.suggestedFilename(), text: buffer.toString(), buffer }
}

async function chooseFile(page: Page, name: string, buffer: Buffer): Promise<void> {
  await page.getByRole('button', { name: 'Import…' }).click()
  await dialogCalled(page, 'Import environments')
  const file = { name, mimeType: 'application/json', buffer }
  await page.locator('input[type=file]').setInputFiles(file)
}

test('without secrets: the file holds none, and what is in it is shown before it is added', async ({
  browser,
}) => {
  const { page, close } = await visit(browser, running, '/environments')
  await page.getByRole('button', { name: 'Export…' }).click()
  const dialog = await dialogCalled(page, 'Export environments')
  expect(await seriousViolations(page)).toEqual([])
  const { name, text, buffer } = await exported(page)
  await expect(dialog).toBeHidden()
  expect(name).toMatch(/^vigie-environments-.*\.json$/)
  expect(text).toContain('eu-west')
  expect(text).not.toContain(password)
  await close()

  const elsewhere = await visit(browser, other, '/environments')
  await chooseFile(elsewhere.page, name, buffer)
  const form = await dialogCalled(elsewhere.page, 'Import environments')
  await expect(form.getByText(`${name} holds 2 environments,`)).toBeVisible()
  await expect(form.getByText('without secrets.')).toBeVisible()
  await expect(form.getByText(`redis://127.0.0.1:${redis.port}/0`)).toHaveCount(2)
  await expect(form.getByText('PRODUCTION')).toBeVisible()
  expect(await seriousViolations(elsewhere.page)).toEqual([])
  await form.getByRole('button', { name: 'Add 2 environments' }).click()
  await expect(elsewhere.page.getByText('2 environments were added')).toBeVisible()
  await expect.poll(() => environmentNames(elsewhere.page)).toEqual(['Local', 'eu-west'])
  await elsewhere.close()
})

test('with secrets: the passphrase is asked for, and what was imported connects', async ({
  browser,
}) => {
  const { page, close } = await visit(browser, running, '/environments')
  await page.getByRole('button', { name: 'Export…' }).click()
  const dialog = await dialogCalled(page, 'Export environments')
  await dialog.getByLabel('eu-west').uncheck()
  await dialog.getByText('Encrypted', { exact: true }).click()
  await dialog.getByLabel('Passphrase', { exact: true }).fill('short')
  await dialog.getByRole('button', { name: 'Export 1 environment' }).click()
  await expect(dialog.getByText('At least 12 characters.', { exact: true })).toBeVisible()
  await dialog.getByLabel('Passphrase', { exact: true }).fill(passphrase)
  await expect(dialog.getByText('Not the same as above.')).toBeVisible()
  await dialog.getByLabel('Passphrase again').fill(passphrase)
  const { name, text, buffer } = await exported(page)
  expect(text).not.toContain(password)
  await close()

  const { page: there, close: leave } = await visit(browser, other, '/environments')
  await chooseFile(there, name, buffer)
  const form = await dialogCalled(there, 'Import environments')
  await form.getByRole('button', { name: 'Add 1 environment' }).click()
  await expect(form.getByText(/^Its secrets need the passphrase/)).toBeVisible()
  await form.getByLabel('Passphrase').fill('not the passphrase')
  await form.getByLabel('Keep in memory until Vigie ends').check()
  await form.getByRole('button', { name: 'Add 1 environment' }).click()
  await expect(form.getByText('This is not the passphrase it was exported with.')).toBeVisible()
  expect(await environmentNames(there)).toEqual([])
  await form.getByLabel('Passphrase').fill(passphrase)
  await form.getByRole('button', { name: 'Add 1 environment' }).click()
  await expect(there.getByText('1 environment was added')).toBeVisible()
  await chooseFor(there, 'Local', 'Test connection…')
  const report = await dialogCalled(there, 'Test connection to Local')
  await expect(report.getByText(/^It works\./)).toBeVisible()
  await leave()
})

test('a file is added beside what is there, and its secrets can be left out', async ({
  browser,
}) => {
  const { page, close } = await visit(browser, running, '/environments')
  await page.getByRole('button', { name: 'Export…' }).click()
  const dialog = await dialogCalled(page, 'Export environments')
  await dialog.getByText('Encrypted', { exact: true }).click()
  await dialog.getByLabel('Passphrase', { exact: true }).fill(passphrase)
  await dialog.getByLabel('Passphrase again').fill(passphrase)
  const { name, buffer } = await exported(page)
  await chooseFile(page, name, buffer)
  const form = await dialogCalled(page, 'Import environments')
  await expect(form.getByText('name taken: it gets a number')).toHaveCount(2)
  await form.getByLabel('Leave the secrets out').check()
  await form.getByRole('button', { name: 'Add 2 environments' }).click()
  await expect
    .poll(() => environmentNames(page))
    .toEqual(['Local', 'eu-west', 'Local (2)', 'eu-west (2)'])
  await close()
})

test('what is no such file, newer or changed is refused in words', async ({ browser }) => {
  const { page, close } = await visit(browser, other, '/environments')
  const document = {
    format: 'vigie-environments',
    version: 1,
    exportedAt: '2026-01-01T00:00:00.000Z',
    profiles: [{ name: 'Half' }],
    encrypted: null,
  }
  const cases = [
    ['not JSON', 'This is not a file of exported environments.'],
    [JSON.stringify({ ...document, version: 2 }), 'A newer Vigie wrote this file.'],
    [JSON.stringify({ ...document, more: 1 }), 'The file was changed or damaged'],
    [JSON.stringify(document), 'An environment in this file does not hold'],
  ] as const
  await page.getByRole('button', { name: 'Import…' }).click()
  const dialog = await dialogCalled(page, 'Import environments')
  for (const [text, sentence] of cases) {
    const file = { name: 'given.json', mimeType: 'application/json', buffer: Buffer.from(text) }
    await page.locator('input[type=file]').setInputFiles(file)
    await expect(dialog.getByRole('alert')).toContainText(sentence)
  }
  expect(await environmentNames(page)).toEqual([])
  await close()
})

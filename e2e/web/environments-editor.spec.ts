import { expect, test } from '@playwright/test'
import { startTestRedis, type TestRedis } from '../../test-support/redis.ts'
import { chromiumExecutable } from '../support/chromium.ts'
import { startConsole, type ConsoleUnderTest } from '../support/console.ts'
import { addEnvironment, healthOf } from '../support/environments.ts'
import { focused, seriousViolations, visit } from '../support/frame.ts'
import {
  chooseFor,
  dialogCalled,
  environmentNames,
  newEnvironment,
  paste,
} from '../support/profiles.ts'
import { openWorkshop, type Workshop } from '../support/workshop.ts'

test.use({ launchOptions: { executablePath: chromiumExecutable() ?? undefined } })

const password = 'p@ss word/1'
let workshop: Workshop
let guarded: TestRedis
let running: ConsoleUnderTest

test.beforeAll(async () => {
  workshop = await openWorkshop()
  await workshop.complete('mail', [{}])
  await workshop.redis.config('SET', 'requirepass', password)
  guarded = await startTestRedis(['requirepass other'])
})
test.afterAll(async () => {
  await workshop.close()
  await guarded.stop()
})
test.beforeEach(async () => {
  running = await startConsole()
})
test.afterEach(async () => {
  await running.stop()
})

const portOf = ({ url }: { url: string }) => Number(new URL(url).port)

test('a pasted URL fills the form; where there is no keychain its password is kept in memory', async ({
  browser,
}) => {
  const { page, complaints, close } = await visit(browser, running, '/environments')
  const form = await newEnvironment(page)
  await form.getByLabel('Name').fill('Shop')
  const url = `redis://default:${encodeURIComponent(password)}@127.0.0.1:${portOf(workshop)}/0`
  await paste(page, form.getByLabel('Redis URL'), url)
  await expect(form.getByLabel('Redis URL')).toHaveValue('')
  await expect(form.getByLabel('Host', { exact: true })).toHaveValue('127.0.0.1')
  await expect(form.getByLabel('Port', { exact: true })).toHaveValue(String(portOf(workshop)))
  await expect(form.getByLabel('User', { exact: true })).toHaveValue('default')
  await expect(form.getByLabel('Password', { exact: true })).toHaveAttribute('type', 'password')
  await expect(form.getByText('The keychain cannot be used.')).toBeVisible()
  await form.getByLabel('Password', { exact: true }).press('Control+Enter')
  await expect(form.getByText('Choose how to keep the secrets, then save.')).toBeVisible()
  expect(await environmentNames(page)).toEqual([])
  await form.getByLabel('Keep in memory until Vigie ends').check()
  await form.getByRole('button', { name: 'Add environment' }).click()
  await expect(page.getByRole('row', { name: /^mail/ })).toBeVisible()
  expect(complaints).toEqual([])
  await close()
})

test('a URL in the host field does the same, and a bad one says what is wrong with it', async ({
  browser,
}) => {
  const { page, close } = await visit(browser, running, '/environments')
  const form = await newEnvironment(page)
  await paste(page, form.getByLabel('Redis URL'), 'https://redis.example.com')
  await expect(form.getByText('Begin with redis://, rediss:// or unix://.')).toBeVisible()
  await form.getByLabel('Redis URL').fill('')
  const host = form.getByLabel('Host', { exact: true })
  await paste(page, host, 'rediss://cache.example.com:6380/2')
  await expect(host).toHaveValue('cache.example.com')
  await expect(form.getByLabel('Database')).toHaveValue('2')
  await expect(form.getByLabel('Encrypt the connection (TLS)')).toBeChecked()
  await paste(page, host, '')
  await host.fill('')
  await paste(page, host, '[fe80::1]:7000')
  await expect(host).toHaveValue('fe80::1')
  await expect(form.getByLabel('Port', { exact: true })).toHaveValue('7000')
  await close()
})

test('each bad field says what is wrong, its section is marked, and the first gets the focus', async ({
  browser,
}) => {
  const { page, close } = await visit(browser, running, '/environments')
  const form = await newEnvironment(page)
  await form.getByLabel('Host', { exact: true }).fill('two words')
  await form.getByLabel('Port', { exact: true }).fill('70000')
  await form.getByLabel('Connect through an SSH server').check()
  await form.getByLabel('Keep-alive (seconds)').fill('1')
  await form.getByLabel('Encrypt the connection (TLS)').check()
  await form.getByLabel('Check no certificate').check()
  await form.getByRole('button', { name: 'Add environment' }).click()
  await expect(form.getByLabel('Name', { exact: true })).toBeFocused()
  await expect(form.getByText('7 fields need your attention.')).toBeVisible()
  await expect(form.getByText('Not a host name or IP address.')).toBeVisible()
  await expect(form.getByText('A port is a number from 1 to 65535.')).toBeVisible()
  await expect(form.getByText('Must be from 5 to 300.')).toBeVisible()
  await expect(form.getByText('Type it exactly: accept any certificate')).toBeVisible()
  const sections = form.getByRole('navigation', { name: 'Sections' })
  await expect(sections.getByRole('button', { name: 'General 1 problem' })).toBeVisible()
  await expect(sections.getByRole('button', { name: 'Redis 2 problems' })).toBeVisible()
  await expect(sections.getByRole('button', { name: 'Encryption 1 problem' })).toBeVisible()
  await expect(sections.getByRole('button', { name: 'SSH tunnel 3 problems' })).toBeVisible()
  expect(await seriousViolations(page)).toEqual([])
  await form.getByLabel('Name', { exact: true }).fill('Named')
  await expect(sections.getByRole('button', { name: 'General', exact: true })).toBeVisible()
  await close()
})

test('production is red and locked, and going without a check is for development alone', async ({
  browser,
}) => {
  const { page, close } = await visit(browser, running, '/environments')
  const form = await newEnvironment(page)
  await form.getByText('PRODUCTION', { exact: true }).click()
  await expect(form.getByRole('radio', { name: 'red' })).toBeChecked()
  await expect(form.getByRole('radio', { name: 'blue' })).toHaveCount(0)
  await expect(form.getByLabel('Locked until unlocked')).toBeChecked()
  await expect(form.getByLabel('Locked until unlocked')).toBeDisabled()
  await form.getByLabel('Encrypt the connection (TLS)').check()
  await expect(form.getByText(/^Only a development environment/)).toBeVisible()
  await form.getByText('staging', { exact: true }).click()
  await expect(form.getByRole('radio', { name: 'orange' })).toBeChecked()
  await expect(form.getByLabel('Locked until unlocked')).not.toBeChecked()
  await close()
})

test('leaving with changes asks first', async ({ browser }) => {
  const { page, close } = await visit(browser, running, '/environments')
  const form = await newEnvironment(page)
  await page.keyboard.press('Escape')
  await expect(form).toBeHidden()
  await newEnvironment(page)
  await form.getByLabel('Name').fill('Unfinished')
  await page.keyboard.press('Escape')
  const leaving = await dialogCalled(page, 'Leave without saving?')
  await expect.poll(() => focused(page)).toBe('Keep editing')
  await page.keyboard.press('Escape')
  await expect(leaving).toBeHidden()
  await expect(form.getByLabel('Name')).toHaveValue('Unfinished')
  await page.keyboard.press('Escape')
  await leaving.getByRole('button', { name: 'Discard the changes' }).click()
  await expect(page.getByRole('dialog')).toHaveCount(0)
  expect(await environmentNames(page)).toEqual([])
  await close()
})

test('an edit keeps the password, unless the environment leads elsewhere', async ({ browser }) => {
  const { id } = await addEnvironment(running, workshop, { name: 'Before' }, { password })
  const { page, close } = await visit(browser, running, '/environments')
  await chooseFor(page, 'Before', 'Edit…')
  const form = await dialogCalled(page, 'Edit Before')
  await expect(form.getByText('Kept in memory')).toBeVisible()
  await expect(form.locator('input[type=password]')).toHaveCount(0)
  await form.getByLabel('Name').fill('After')
  await form.getByLabel('Name').press('Control+Enter')
  await expect(form).toBeHidden()
  await expect.poll(() => environmentNames(page)).toEqual(['After'])
  await expect.poll(async () => (await healthOf(running, id)).state).toBe('ready')

  await chooseFor(page, 'After', 'Edit…')
  const again = await dialogCalled(page, 'Edit After')
  await again.getByLabel('Port', { exact: true }).fill(String(guarded.port))
  await again.getByRole('button', { name: 'Save' }).click()
  await expect(again.getByText('Type it again, or remove it.')).toBeVisible()
  await expect(again.getByLabel('Password', { exact: true })).toBeFocused()
  await page.keyboard.type('other')
  await page.keyboard.press('Control+Enter')
  await expect(again).toBeHidden()
  await expect
    .poll(async () => {
      const { state, server } = await healthOf(running, id)
      return `${state} ${server ?? ''}`
    })
    .toBe(`ready 127.0.0.1:${guarded.port}`)
  await close()
})

test('taking protection away asks for the name', async ({ browser }) => {
  await addEnvironment(running, workshop, { name: 'eu-west', kind: 'production', color: 'red' })
  const { page, close } = await visit(browser, running, '/environments')
  await chooseFor(page, 'eu-west', 'Edit…')
  const form = await dialogCalled(page, 'Edit eu-west')
  await form.getByText('staging', { exact: true }).click()
  await form.getByRole('button', { name: 'Save' }).click()
  const question = await dialogCalled(page, 'Take protection away from eu-west?')
  const confirm = question.getByRole('button', { name: 'Save all the same' })
  await question.getByLabel(/^Type its name/).fill('eu-wes')
  await expect(confirm).toBeDisabled()
  await page.keyboard.press('Escape')
  await expect(question).toBeHidden()
  await expect(form).toBeVisible()
  await form.getByRole('button', { name: 'Save' }).click()
  await question.getByLabel(/^Type its name/).fill('eu-west')
  await confirm.click()
  await expect(form).toBeHidden()
  await expect(page.getByText('eu-west was saved')).toBeVisible()
  await close()
})

test('a duplicate takes over the secrets of a profile that leads to the same place', async ({
  browser,
}) => {
  await addEnvironment(running, workshop, { name: 'First', prefixes: ['bull'] }, { password })
  const { page, close } = await visit(browser, running, '/environments')
  await chooseFor(page, 'First', 'Duplicate…')
  const form = await dialogCalled(page, 'Duplicate First')
  await expect(form.getByLabel('Name')).toHaveValue('First (copy)')
  await expect(form.getByText('Taken over from First')).toBeVisible()
  await form.getByLabel('Name').fill('Second')
  await form.getByRole('button', { name: 'Add environment' }).click()
  await expect.poll(() => environmentNames(page)).toEqual(['First', 'Second'])
  await page.getByRole('link', { name: 'Open Second' }).click()
  await expect(page.getByRole('row', { name: /^mail/ })).toBeVisible()
  await close()
})

test('what the command line opened cannot be edited, but saved as an environment', async ({
  browser,
}) => {
  const opened = await startConsole({ redis: guarded.url, flags: ['--name', 'Opened'] })
  const { page, close } = await visit(browser, opened, '/environments')
  await expect.poll(() => environmentNames(page)).toEqual(['Opened'])
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox').fill('Edit Opened')
  await page.keyboard.press('Enter')
  const refusal = await dialogCalled(page, 'Opened cannot be edited')
  await refusal.getByRole('button', { name: 'Save as an environment…' }).click()
  const form = await dialogCalled(page, 'Save Opened as an environment')
  await expect(form.getByLabel('Port', { exact: true })).toHaveValue(String(guarded.port))
  await expect(form.getByLabel('Password', { exact: true })).toHaveValue('')
  await form.getByLabel('Name').fill('Kept')
  await form.getByRole('button', { name: 'Add environment' }).click()
  await expect.poll(() => environmentNames(page)).toEqual(['Opened', 'Kept'])
  await close()
  await opened.stop()
})

import type { Page } from '@playwright/test'
import { Queue } from 'bullmq'
import { commandOf, descendantsOf } from '../../test-support/processes.ts'
import { startTestRedis, type TestRedis } from '../../test-support/redis.ts'
import { startSecretService, type TestSecretService } from '../../test-support/secret-service.ts'
import { expect, test } from './test.ts'

const password = 'a-password-of-redis'

let redis: TestRedis
let service: TestSecretService
let environment: Record<string, string>
test.beforeEach(async () => {
  redis = await startTestRedis([`requirepass ${password}`])
  service = await startSecretService()
  environment = { DBUS_SESSION_BUS_ADDRESS: service.env['DBUS_SESSION_BUS_ADDRESS'] ?? '' }
})
test.afterEach(() => Promise.all([redis.stop(), service.stop()]))

/** Redis tells its queues to no one without the password. */
async function seeQueue(page: Page): Promise<void> {
  await page.getByRole('link', { name: /^Queues/ }).click({ timeout: 15_000 })
  await expect(page.getByRole('row', { name: /^mail/ })).toBeVisible({ timeout: 15_000 })
}

test('a password is kept in the keychain, by a process of its own, for the next start', async ({
  start,
}) => {
  const queue = new Queue('mail', { connection: { host: '127.0.0.1', port: redis.port, password } })
  await queue.add('welcome', {})
  await queue.close()
  const first = await start({ environment })
  await first.page.getByRole('button', { name: 'New environment' }).first().click()
  const form = first.page.getByRole('dialog', { name: 'New environment' })
  await form.getByLabel('Name').fill('Shop')
  await form.getByLabel('Host', { exact: true }).fill('127.0.0.1')
  await form.getByLabel('Port', { exact: true }).fill(String(redis.port))
  await form.getByLabel('Password', { exact: true }).fill(password)
  await form.getByRole('button', { name: 'Add environment' }).click()
  await expect(form).toBeHidden()
  await seeQueue(first.page)
  const commands = descendantsOf(first.app.process().pid ?? 0).map(commandOf)
  expect(commands.filter((command) => command.includes(password))).toEqual([])
  expect(await first.quit()).toBe(0)

  const second = await start({ environment })
  await seeQueue(second.page)
})

test('a keychain that does not answer holds up neither the window nor the end', async ({
  start,
}) => {
  service.freeze()
  const desktop = await start({ environment })
  const { page } = desktop
  await page.getByRole('button', { name: 'New environment' }).first().click()
  const form = page.getByRole('dialog', { name: 'New environment' })
  await form.getByLabel('Password', { exact: true }).fill(password)
  await expect(form.getByText('The keychain cannot be used.')).toBeVisible({ timeout: 15_000 })
  expect(await desktop.quit()).toBe(0)
})

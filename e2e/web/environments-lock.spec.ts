import { expect, test, type Page } from '@playwright/test'
import { startTestRedis } from '../../test-support/redis.ts'
import { chromiumExecutable } from '../support/chromium.ts'
import { startConsole, type ConsoleUnderTest } from '../support/console.ts'
import { addEnvironment, disconnect, lock, unlock } from '../support/environments.ts'
import { seriousViolations, visit } from '../support/frame.ts'
import { openWorkshop, type Workshop } from '../support/workshop.ts'

test.use({ launchOptions: { executablePath: chromiumExecutable() ?? undefined } })

let running: ConsoleUnderTest
let workshop: Workshop
let job: string
test.beforeAll(async () => {
  running = await startConsole()
  workshop = await openWorkshop()
  const [failed = ''] = await workshop.fail('mail', [{ name: 'letter' }])
  job = failed
})
test.afterAll(async () => {
  await running.stop()
  await workshop.close()
})

const open = (environment: string) => `/e/${environment}/jobs?queue=mail&job=${job}`
const retry = (page: Page) => page.getByRole('button', { name: 'Retry', exact: true })

/** What a screen reader says of why a button is refused. */
async function reasonOf(page: Page): Promise<string> {
  await expect(retry(page)).toHaveAttribute('aria-disabled', 'true')
  return retry(page).evaluate(
    (button) =>
      document.querySelector(`#${CSS.escape(button.getAttribute('aria-describedby') ?? '')}`)
        ?.textContent ?? '',
  )
}

test('production is locked until its name is typed, counts down, and locks at a press', async ({
  browser,
}) => {
  const { id } = await addEnvironment(running, workshop, { name: 'Shop eu', kind: 'production' })
  const { page, close } = await visit(browser, running, open(id))
  const bar = page.getByRole('banner')
  await expect(bar.getByRole('button', { name: 'Locked: unlock…' })).toBeVisible()
  expect(await reasonOf(page)).toBe('locked: unlock first')
  await retry(page).focus()
  await expect(retry(page)).toBeFocused()
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog', { name: 'Unlock Shop eu' })
  await expect(dialog).toContainText('kept in the audit')
  expect(await seriousViolations(page)).toEqual([])

  await expect(dialog.getByLabel('Type its name: Shop eu')).toBeFocused()
  await page.keyboard.type('shop eu')
  await page.keyboard.press('Enter')
  await expect(dialog).toContainText('That is not “Shop eu”, letter by letter.')
  await expect(dialog).toContainText('Say why')
  await dialog.getByLabel('Type its name: Shop eu').fill('Shop eu')
  await dialog.getByRole('textbox', { name: 'Reason' }).fill('Send the letter again')
  await dialog.getByText('5', { exact: true }).click()
  await dialog.getByRole('button', { name: 'Unlock for 5 minutes' }).click()
  await expect(dialog).toHaveCount(0)

  await expect(bar.getByRole('timer')).toHaveText(/unlocked\s*4:5\d|unlocked\s*5:00/)
  await expect(retry(page)).not.toHaveAttribute('aria-disabled', 'true')
  expect(await seriousViolations(page)).toEqual([])

  await bar.getByRole('button', { name: 'Lock now' }).click()
  await expect(bar.getByRole('button', { name: 'Locked: unlock…' })).toBeVisible({ timeout: 1_000 })
  expect(await reasonOf(page)).toBe('locked: unlock first')
  await page.keyboard.press('l')
  await expect(dialog).toBeVisible()
  await close()
})

test('its last minute is told', async ({ browser }) => {
  const { id, name } = await addEnvironment(running, workshop, {
    name: 'Brief',
    kind: 'production',
  })
  const { page, close } = await visit(browser, running, open(id))
  await expect(retry(page)).toBeVisible()
  const { until } = await unlock(running, id, { name, reason: 'A look', minutes: 5 })
  const bar = page.getByRole('banner')
  await expect(bar.getByRole('timer')).toContainText('unlocked')
  await page.clock.setFixedTime((until ?? 0) - 42_000)
  await expect(bar.getByRole('timer')).toHaveText(/locks in\s*0:42/)
  await expect(bar.getByRole('status')).toHaveText('Brief locks again in less than a minute')
  await close()
})

test('what locks while one decides is told in the dialog, and in a line', async ({ browser }) => {
  const { id, name } = await addEnvironment(running, workshop, {
    name: 'Rehearsal',
    kind: 'staging',
    locked: true,
  })
  await unlock(running, id, { name, reason: 'Send it again' })
  const { page, close } = await visit(browser, running, open(id))
  await retry(page).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByRole('button', { name: 'Retry 1 job' })).toBeEnabled()
  await lock(running, id)
  await expect(dialog).toContainText('Rehearsal is locked.', { timeout: 1_000 })
  await expect(dialog.getByRole('button', { name: 'Retry 1 job' })).toHaveCount(0)
  await expect(page.getByText('Rehearsal is locked again')).toBeVisible()
  expect(await workshop.queue('mail').getJobState(job)).toBe('failed')
  await dialog.getByRole('button', { name: 'Unlock…' }).click()
  await expect(page.getByRole('dialog', { name: 'Unlock Rehearsal' })).toBeVisible()
  await close()
})

test('the palette offers what is refused with its reason', async ({ browser }) => {
  const { id } = await addEnvironment(running, workshop, { name: 'Closed', kind: 'production' })
  const { page, close } = await visit(browser, running, open(id))
  await expect(retry(page)).toBeVisible()
  await page.keyboard.press('Control+k')
  const line = page.getByRole('option', { name: /^Retry/ }).first()
  await expect(line).toHaveAttribute('aria-disabled', 'true')
  await expect(line).toContainText('locked: unlock first')
  await page.keyboard.type('retry')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog', { name: 'Unlock Closed' })).toBeVisible()
  await close()
})

test('view only cannot be unlocked, and says so', async ({ browser }) => {
  const { id } = await addEnvironment(running, workshop, { name: 'Window', access: 'view-only' })
  const { page, close } = await visit(browser, running, open(id))
  await expect(page.getByRole('banner')).toContainText('view only')
  expect(await reasonOf(page)).toBe('view only')
  await page.keyboard.press('r')
  const dialog = page.getByRole('dialog', { name: 'Jobs cannot be retried here now' })
  await expect(dialog).toContainText('Window is set up for looking only')
  expect(await seriousViolations(page)).toEqual([])
  await close()
})

test('a Redis user that may only read is told what it lacks', async ({ browser }) => {
  const rules =
    'on >watch-only ~* &* -@all +@read +@connection +info +client +acl|whoami +acl|dryrun +role'
  await workshop.redis.call('ACL', 'SETUSER', 'watcher', ...rules.split(' '))
  const { id } = await addEnvironment(
    running,
    workshop,
    { name: 'Reader', username: 'watcher' },
    { password: 'watch-only' },
  )
  const { page, close } = await visit(browser, running, open(id))
  await expect(retry(page)).toBeVisible()
  await expect.poll(async () => reasonOf(page)).toBe('the Redis user lacks rights')
  await page.keyboard.press('Delete')
  const dialog = page.getByRole('dialog', { name: 'Jobs cannot be deleted here now' })
  await expect(dialog).toContainText(/“watcher” lacks \S+/)
  await close()
})

test('a replica takes no actions, and an environment that is offline neither', async ({
  browser,
}) => {
  const replica = await startTestRedis([`replicaof 127.0.0.1 ${new URL(workshop.url).port}`])
  const { id } = await addEnvironment(running, replica, { name: 'Copy' })
  const { page, close } = await visit(browser, running, open(id))
  await expect(page.getByRole('row', { name: /letter/ })).toBeVisible({ timeout: 20_000 })
  await expect.poll(async () => reasonOf(page), { timeout: 15_000 }).toBe('this Redis is a replica')
  await disconnect(running, id)
  await expect.poll(async () => reasonOf(page)).toBe('offline')
  await expect(page.getByRole('status').filter({ hasText: 'Offline since' })).toBeVisible()
  await expect(page.getByRole('row', { name: /letter/ })).toBeVisible()
  await close()
  await replica.stop()
})

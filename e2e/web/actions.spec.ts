import { expect, test, type Page } from '@playwright/test'
import { chromiumExecutable } from '../support/chromium.ts'
import { startConsole, type ConsoleUnderTest } from '../support/console.ts'
import { seriousViolations, visit } from '../support/frame.ts'
import { gate, openWorkshop, type Workshop } from '../support/workshop.ts'

test.use({ launchOptions: { executablePath: chromiumExecutable() ?? undefined } })

let workshop: Workshop
let running: ConsoleUnderTest
let keys: string[]

test.beforeAll(async () => {
  workshop = await openWorkshop()
  keys = await workshop.fail('keys', [{ name: 'a' }, { name: 'b' }])
  running = await startConsole({ redis: workshop.url, flags: ['--name', 'Actions'] })
})
test.afterAll(async () => {
  await running.stop()
  await workshop.close()
})

/** Opens a job of a queue beside its list, by the address a link would have. */
async function openJob(page: Page, queue: string, job: string, state = 'failed'): Promise<void> {
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  const environment = /\/e\/([^/]+)\//.exec(page.url())?.[1] ?? ''
  await page.goto(
    `${page.url().split('#')[0]}#/e/${environment}/jobs?queue=${queue}&state=${state}&job=${job}`,
  )
  await expect(page.getByRole('tab', { name: 'Summary' })).toBeVisible()
}

test('from the start to a retried job without a mouse', async ({ browser }) => {
  const [first = '', second = ''] = keys
  const { page, complaints, close } = await visit(browser, running)
  await expect(page.getByRole('row', { name: /^keys/ })).toBeVisible()
  await page.keyboard.press('/')
  await page.keyboard.type('keys')
  await page.keyboard.press('Escape')
  await page.keyboard.press('j')
  await expect(page.getByRole('row', { name: /^keys/ })).toBeFocused()
  await page.keyboard.press('Enter')

  await expect(page.getByRole('row', { name: new RegExp(`^${second} `) })).toBeVisible()
  await page.keyboard.press('j')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 2, name: 'b' })).toBeVisible()
  await page.keyboard.press('j')
  await expect(page.getByRole('heading', { level: 2, name: 'a' })).toBeVisible()
  await page.keyboard.press('3')
  await expect(page.getByRole('tabpanel')).toContainText('SMTP refused the message')
  await page.keyboard.press('r')
  const dialog = page.getByRole('dialog', { name: `Retry job ${first}?` })
  await expect(dialog).toContainText('Queue keys in Actions')
  await expect(dialog).toContainText('it gets exactly one more run')
  await expect(dialog.getByRole('button', { name: 'Retry 1 job' })).toBeEnabled()
  expect(await seriousViolations(page)).toEqual([])
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')

  await expect(page.getByText(`Job ${first} was retried`)).toBeVisible()
  await expect(page.getByText('It went back to waiting.')).toBeVisible()
  expect(await workshop.queue('keys').getJobState(first)).toBe('waiting')
  await expect(page.getByRole('row', { name: new RegExp(`^${first} `) })).toHaveCount(0)
  await expect(page.getByRole('row', { name: new RegExp(`^${second} `) })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('tab', { name: 'Summary' })).toHaveCount(0)
  expect(complaints).toEqual([])
  await close()
})

test('Esc closes a dialog and leaves the job behind it open', async ({ browser }) => {
  const [job = ''] = await workshop.fail('escaped', [{ name: 'behind' }])
  const { page, close } = await visit(browser, running)
  await openJob(page, 'escaped', job)
  const pane = page.getByRole('heading', { level: 2, name: 'behind' })
  for (const key of ['r', 'Delete']) {
    await page.keyboard.press(key)
    await expect(page.getByRole('button', { name: 'Cancel' })).toBeFocused()
    await page.keyboard.press('Escape')
    await expect(page.getByRole('dialog')).toHaveCount(0)
    await expect(pane).toBeVisible()
    expect(page.url()).toContain(`job=${job}`)
  }
  await page.keyboard.press('?')
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await expect(pane).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(pane).toHaveCount(0)
  await close()
})

test('the focus stays in the page when what had it leaves after a retry', async ({ browser }) => {
  const [last = '', row = '', button = ''] = await workshop.fail('focus', [{}, {}, {}])
  const { page, close } = await visit(browser, running)
  const confirm = async (job: string) => {
    await page.getByRole('dialog').getByRole('button', { name: 'Retry 1 job' }).click()
    await expect(page.getByText(`Job ${job} was retried`)).toBeVisible()
    await expect(page.getByRole('row', { name: new RegExp(`^${job} `) })).toHaveCount(0)
  }
  await openJob(page, 'focus', button)
  const retry = page.getByRole('button', { name: 'Retry', exact: true })
  await retry.focus()
  await page.keyboard.press('Enter')
  await confirm(button)
  await expect(retry).toHaveCount(0)
  await expect(page.getByRole('tab', { name: 'Error' })).toBeFocused()

  await page.keyboard.press('Escape')
  await page.getByRole('row', { name: new RegExp(`^${row} `) }).focus()
  await page.keyboard.press('r')
  await confirm(row)
  const left = page.getByRole('row', { name: new RegExp(`^${last} `) })
  await expect(left).toBeFocused()
  await page.keyboard.press('r')
  await confirm(last)
  await expect(page.getByRole('heading', { name: 'No failed jobs' })).toBeVisible()
  await expect
    .poll(() => page.evaluate(() => document.activeElement?.closest('main') !== null))
    .toBe(true)
  await close()
})

test('the toast leads to the entry in the audit, with the reason', async ({ browser }) => {
  const [job = ''] = await workshop.fail('audited', [{}])
  const { page, close } = await visit(browser, running)
  await openJob(page, 'audited', job)
  await page.getByRole('button', { name: 'Retry', exact: true }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox', { name: 'Reason' }).fill('ticket 4711')
  await dialog.getByRole('button', { name: 'Retry 1 job' }).click()
  await page.getByRole('link', { name: 'See it in the audit' }).click()
  await expect(page).toHaveURL(new RegExp(`audit\\?queue=audited&job=${job}`))
  await expect(page.getByRole('main')).toContainText('ticket 4711')
  await close()
})

test('attempts start again when asked to', async ({ browser }) => {
  const [job = ''] = await workshop.fail('again', [{ options: { attempts: 2 } }])
  const { page, close } = await visit(browser, running)
  await openJob(page, 'again', job)
  await page.keyboard.press('r')
  const dialog = page.getByRole('dialog')
  await expect(dialog).toContainText('It has used all 2 attempts')
  await dialog.getByRole('checkbox', { name: 'Start attempts again' }).check()
  await dialog.getByRole('button', { name: 'Retry 1 job' }).click()
  await expect(page.getByText(`Job ${job} was retried`)).toBeVisible()
  expect(await workshop.redis.hget(`bull:again:${job}`, 'atm')).toBeNull()
  await close()
})

test('a job is deleted after saying that it cannot be undone', async ({ browser }) => {
  const [job = '', kept = ''] = await workshop.fail('deleted', [{ name: 'gone' }, { name: 'kept' }])
  const { page, close } = await visit(browser, running)
  await openJob(page, 'deleted', job)
  await page.keyboard.press('Delete')
  const dialog = page.getByRole('dialog', { name: `Delete job ${job}?` })
  await expect(dialog).toContainText('The job disappears from Redis')
  await expect(dialog).toContainText('This cannot be undone.')
  await dialog.getByRole('button', { name: 'Delete 1 job' }).click()
  await expect(page.getByText(`Job ${job} was deleted`)).toBeVisible()
  await expect(page.getByRole('row', { name: new RegExp(`^${job} `) })).toHaveCount(0)
  await expect(page.getByRole('row', { name: new RegExp(`^${kept} `) })).toBeVisible()
  expect(await workshop.redis.exists(`bull:deleted:${job}`)).toBe(0)
  await close()
})

test('a job that moved on between question and answer is left alone', async ({ browser }) => {
  const [job = ''] = await workshop.fail('raced', [{}])
  const { page, close } = await visit(browser, running)
  await openJob(page, 'raced', job)
  await page.keyboard.press('r')
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByRole('button', { name: 'Retry 1 job' })).toBeEnabled()
  await (await workshop.queue('raced').getJob(job))?.retry()
  await dialog.getByRole('button', { name: 'Retry 1 job' }).click()
  await expect(page.getByText(`Job ${job} was not retried`)).toBeVisible()
  await expect(page.getByText(/was failed when you looked; now it is waiting/)).toBeVisible()
  await expect(dialog).toBeHidden()
  expect(await workshop.queue('raced').getWaitingCount()).toBe(1)
  await close()
})

test('what is refused says why and offers nothing to press', async ({ browser }) => {
  const queue = workshop.queue('refused')
  const { opened, open } = gate()
  const worker = workshop.work('refused', () => opened)
  const added = await queue.add('long', {})
  const job = added.id ?? ''
  await expect.poll(() => queue.getActiveCount()).toBe(1)
  const { page, close } = await visit(browser, running)
  await openJob(page, 'refused', job, 'active')
  await expect(page.getByRole('button', { name: 'Delete', exact: true })).toBeDisabled()
  await page.keyboard.press('Delete')
  const dialog = page.getByRole('dialog')
  await expect(dialog).toContainText('A worker is running this job')
  await expect(dialog.getByRole('button', { name: /^Delete/ })).toHaveCount(0)
  await dialog.getByRole('button', { name: 'Close' }).last().click()
  open()
  await worker.close()
  await close()
})

test('a paused queue is said to keep the retried job waiting', async ({ browser }) => {
  const [job = ''] = await workshop.fail('halted', [{}])
  await workshop.queue('halted').pause()
  const { page, close } = await visit(browser, running)
  await openJob(page, 'halted', job)
  await expect(page.getByText('This queue is paused')).toBeVisible()
  await page.keyboard.press('r')
  await expect(page.getByRole('dialog')).toContainText(
    'The queue is paused, so the job waits until it is resumed.',
  )
  await close()
})

test('production is named, and locked', async ({ browser }) => {
  const [job = ''] = await workshop.fail('precious', [{}])
  const production = await startConsole({
    redis: workshop.url,
    flags: ['--name', 'Shop', '--kind', 'production'],
  })
  const { page, close } = await visit(browser, production)
  await openJob(page, 'precious', job)
  await expect(page.getByRole('button', { name: 'Retry' })).toHaveAttribute('aria-disabled', 'true')
  await page.keyboard.press('r')
  const dialog = page.getByRole('dialog', { name: 'Unlock Shop' })
  await expect(dialog).toContainText('PRODUCTION')
  await expect(dialog.getByRole('button', { name: /^Retry/ })).toHaveCount(0)
  expect(await workshop.queue('precious').getJobState(job)).toBe('failed')
  await close()
  await production.stop()
})

test('a read-only console refuses and changes nothing', async ({ browser }) => {
  const [job = ''] = await workshop.fail('watched', [{}])
  const reader = await startConsole({
    redis: workshop.url,
    flags: ['--name', 'Reader', '--read-only'],
  })
  const { page, close } = await visit(browser, reader)
  await openJob(page, 'watched', job)
  await page.keyboard.press('Delete')
  await expect(page.getByRole('dialog')).toContainText('Reader is set up for looking only')
  await expect(page.getByRole('dialog').getByRole('button', { name: /^Delete/ })).toHaveCount(0)
  expect(await workshop.queue('watched').getJobState(job)).toBe('failed')
  await close()
  await reader.stop()
})

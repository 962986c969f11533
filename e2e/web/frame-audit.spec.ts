import { type APIRequestContext, expect, test } from '@playwright/test'
import { chromiumExecutable } from '../support/chromium.ts'
import { startConsole, type ConsoleUnderTest } from '../support/console.ts'
import { seriousViolations, visit } from '../support/frame.ts'

test.use({ launchOptions: { executablePath: chromiumExecutable() ?? undefined } })

let running: ConsoleUnderTest
test.beforeAll(async ({ playwright }) => {
  running = await startConsole({ demo: { still: true } })
  const api = await playwright.request.newContext()
  await act(api)
  await api.dispose()
})
test.afterAll(() => running.stop())

const jobs = (queue: string) => `${running.origin}/api/environments/demo/queues/${queue}/jobs`

/** One retry with a reason, one deletion and one refusal, by the HTTP API. */
async function act(api: APIRequestContext): Promise<void> {
  const headers = { authorization: `Bearer ${running.token}` }
  const failed = async (queue: string) => {
    const answer = await api.get(`${jobs(queue)}?state=failed`, { headers })
    const { items } = (await answer.json()) as { items: { id: string }[] }
    return items.map(({ id }) => id)
  }
  const [first, second] = await failed('seo')
  const [post] = await failed('social-publish')
  const reason = 'Credits were bought'
  const retried = await api.post(`${jobs('seo')}/${first}/retry`, { headers, data: { reason } })
  expect(retried.status(), await retried.text()).toBe(200)
  const refused = await api.post(`${jobs('seo')}/${first}/retry`, { headers, data: {} })
  expect(refused.status()).toBe(409)
  const removed = await api.delete(`${jobs('social-publish')}/${post}`, { headers })
  expect(removed.status(), await removed.text()).toBe(200)
  const gone = await api.delete(`${jobs('seo')}/${second}`, { headers })
  expect(gone.status(), await gone.text()).toBe(200)
}

test('the audit lists who did what to which job, why, and what came of it', async ({ browser }) => {
  const { page, complaints, close } = await visit(browser, running, '/e/demo/audit')
  const rows = page.getByRole('grid').locator('[role=row][aria-rowindex]')
  await expect(page.getByText('4 actions')).toBeVisible()
  await expect(rows.nth(1)).toContainText('Delete')
  await expect(rows.nth(1)).toContainText('seo')
  await expect(rows.nth(1)).toContainText('done')
  await expect(rows.nth(3)).toContainText('refused')
  await expect(rows.nth(4)).toContainText('Retry')
  await expect(rows.nth(4)).toContainText('Credits were bought')
  expect(complaints).toEqual([])
  await close()
})

test('an entry opens with what stood before, what came after and its hashes', async ({
  browser,
}) => {
  const { page, close } = await visit(browser, running, '/e/demo/audit')
  const rows = page.getByRole('grid').locator('[role=row][aria-rowindex]')
  await rows.nth(4).click()
  await expect(page).toHaveURL(/entry=1$/)
  const pane = page.getByRole('region', { name: 'Retry' })
  await expect(pane).toContainText('(HTTP API)')
  await expect(pane).toContainText('Credits were bought')
  await expect(pane).toContainText('seo_keyword_analysis')
  await expect(pane).toContainText('Outcome, entry 2')
  expect(await seriousViolations(page)).toEqual([])

  await pane.getByRole('button', { name: 'Copy Hash', exact: true }).first().click()
  const copied = await page.evaluate(() => navigator.clipboard.readText())
  expect(copied).toMatch(/^[0-9a-f]{64}$/)

  await rows.nth(4).focus()
  await page.keyboard.press('ArrowUp')
  await expect(page).toHaveURL(/entry=3$/)
  const refusal = page.getByRole('region', { name: 'Retry' })
  await expect(refusal).toContainText('JOB_STATE_CHANGED')
  await expect(refusal).toContainText('The job has moved on')
  await page.keyboard.press('Escape')
  await expect(refusal).toHaveCount(0)
  await expect(page).not.toHaveURL(/entry=/)
  await close()
})

test('a deleted job is not offered to be opened', async ({ browser }) => {
  const { page, close } = await visit(browser, running, '/e/demo/audit?entry=1')
  const openJob = page.getByRole('link', { name: 'Open the job' })
  await expect(openJob).toBeVisible()
  const rows = page.getByRole('grid').locator('[role=row][aria-rowindex]')
  await rows.nth(1).click()
  const pane = page.getByRole('region', { name: 'Delete' })
  await expect(pane.getByRole('button', { name: 'Copy Job' })).toBeVisible()
  await expect(openJob).toHaveCount(0)
  await close()
})

test('filters live in the address, and a link brings them back', async ({ browser }) => {
  const { page, close } = await visit(browser, running, '/e/demo/audit')
  await expect(page.getByText('4 actions')).toBeVisible()
  await page.keyboard.press('/')
  await page.keyboard.type('social-publish')
  await expect(page.getByText('1 action', { exact: true })).toBeVisible()
  await expect(page).toHaveURL(/audit\?queue=social-publish$/)
  await page.goto(`${running.origin}/#/e/demo/audit?queue=nothing-of-this-name`)
  await expect(page.getByRole('heading', { name: 'No action matches the filters' })).toBeVisible()
  await expect(page.getByRole('textbox', { name: 'Queue' })).toHaveValue('nothing-of-this-name')
  await page.getByRole('button', { name: 'Clear the filters' }).click()
  await expect(page.getByText('4 actions')).toBeVisible()
  await expect(page.getByRole('textbox', { name: 'Queue' })).toHaveValue('')
  await close()
})

test('the chain is verified on request', async ({ browser }) => {
  const { page, close } = await visit(browser, running, '/e/demo/audit')
  await page.getByRole('button', { name: 'Verify the chain' }).click()
  await expect(
    page.getByRole('status').filter({ hasText: 'The whole chain is intact' }),
  ).toContainText('7 entries verified')
  await close()
})

test('in a narrow window the entry lies over the list, and its edge can be moved by keys in a wide one', async ({
  browser,
}) => {
  const { page, close } = await visit(browser, running, '/e/demo/audit?entry=1', { width: 1024 })
  const pane = page.getByRole('region', { name: 'Retry' })
  await expect(pane).toBeVisible()
  const edge = page.getByRole('separator', { name: 'Width of the detail pane' })
  await expect(edge).toHaveCount(0)
  await page.setViewportSize({ width: 1440, height: 900 })
  await edge.focus()
  const before = Number(await edge.getAttribute('aria-valuenow'))
  await page.keyboard.press('ArrowLeft')
  await expect(edge).toHaveAttribute('aria-valuenow', String(before + 16))
  await page.reload()
  await expect(edge).toHaveAttribute('aria-valuenow', String(before + 16))
  await close()
})

import { expect, test, type Page } from '@playwright/test'
import { chromiumExecutable } from '../support/chromium.ts'
import { startConsole, type ConsoleUnderTest } from '../support/console.ts'
import { seriousViolations, visit } from '../support/frame.ts'
import { openWorkshop, type Workshop } from '../support/workshop.ts'

test.use({ launchOptions: { executablePath: chromiumExecutable() ?? undefined } })

const environment = 'search'
let workshop: Workshop
let running: ConsoleUnderTest

test.beforeAll(async () => {
  test.setTimeout(120_000)
  workshop = await openWorkshop()
  await workshop.fail(
    'mail',
    Array.from({ length: 30 }, (_, index) => ({
      name: index % 2 === 0 ? 'send-welcome' : 'send-invoice',
      data: { userId: index % 3 },
    })),
    () => new Error('connection reset by peer'),
  )
  await workshop.fail('sms', [{ name: 'notify', data: { userId: 7 } }], () => new Error('timeout'))
  await workshop.complete(
    'images',
    Array.from({ length: 12 }, () => ({ name: 'resize' })),
  )
  running = await startConsole({ redis: workshop.url, flags: ['--name', environment] })
})
test.afterAll(async () => {
  await running.stop()
  await workshop.close()
})

const link = (search = '') => `/e/${environment}/jobs${search}`
const grid = (page: Page) => page.getByRole('grid')
const rowAt = (page: Page, index: number) => grid(page).locator(`[data-index="${index}"]`)
const field = (page: Page) => page.getByRole('combobox', { name: 'Filter' })
const parts = (page: Page) => page.getByRole('list', { name: 'Parts of the filter' })
const found = (page: Page, words: string) =>
  page.getByRole('main').getByText(words, { exact: true }).first()

test('without a queue all jobs of all queues are listed, and a queue can be chosen', async ({
  browser,
}) => {
  const { page, complaints, close } = await visit(browser, running, link())
  await expect(found(page, '43 jobs')).toBeVisible({ timeout: 30_000 })
  await expect(page.getByRole('columnheader', { name: 'Queue' })).toBeVisible()
  await expect(page.getByText('Mirror as of')).toBeVisible()
  expect(await seriousViolations(page)).toEqual([])
  await page.keyboard.press('q')
  await page.getByRole('combobox', { name: 'Queue' }).fill('imag')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/queue=images/)
  await expect(found(page, '12 completed')).toBeVisible()
  expect(complaints).toEqual([])
  await close()
})

test('a filter is typed as chips, with suggestions, and lists what it says', async ({
  browser,
}) => {
  const { page, complaints, close } = await visit(browser, running, link())
  await expect(found(page, '43 jobs')).toBeVisible()
  await page.keyboard.press('/')
  await expect(field(page)).toBeFocused()
  await page.keyboard.type('sta')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(field(page)).toHaveValue('state:')
  await page.getByRole('option', { name: 'failed' }).click()
  await expect(parts(page).getByRole('listitem')).toHaveText(['state:failed'])
  await page.keyboard.type('name:send-i')
  await expect(page.getByRole('option', { name: /send-invoice 15/ })).toBeVisible()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/filter=state%3Afailed\+name%3Asend-invoice/)
  await expect(found(page, '15 jobs')).toBeVisible()
  await expect(rowAt(page, 0)).toContainText('send-invoice')

  await page.keyboard.type('"CONNECTION res')
  await page.keyboard.type('et" -user:0 user:')
  await page.keyboard.press('Backspace')
  await page.keyboard.type(':1')
  await page.keyboard.press('Enter')
  await expect(found(page, '5 jobs')).toBeVisible()
  await expect(page.getByText('payload text not indexed on this environment')).toBeVisible()

  await page.keyboard.press('Backspace')
  await page.keyboard.press('Backspace')
  await expect(parts(page).getByRole('listitem')).toHaveCount(4)
  await page.keyboard.press('Escape')
  await page.keyboard.press('Escape')
  await expect(parts(page).getByRole('listitem')).toHaveCount(5)
  await expect(grid(page).locator(':focus')).toHaveCount(1)

  await page.getByRole('button', { name: 'Clear the filter' }).click()
  await expect(found(page, '43 jobs')).toBeVisible()
  await page.keyboard.press('ArrowDown')
  await expect(page.getByRole('option', { name: /"CONNECTION reset"/ })).toBeVisible()
  expect(complaints).toEqual([])
  await close()
})

test('what is wrong with a filter is underlined with its reason, and lists nothing else', async ({
  browser,
}) => {
  const { page, close } = await visit(browser, running, link('?filter=state:failed'))
  await expect(found(page, '31 jobs')).toBeVisible()
  await page.keyboard.press('/')
  await page.keyboard.type('durration:>2s')
  await page.keyboard.press('Enter')
  const problem = page.getByRole('alert').filter({ hasText: 'durration:>2s' })
  await expect(problem).toContainText('is no field that can be filtered by')
  await expect(field(page)).toHaveAttribute('aria-invalid', 'true')
  await expect(page).not.toHaveURL(/durration/)
  expect(await seriousViolations(page)).toEqual([])
  await page.getByRole('button', { name: 'Use duration:>2s' }).click()
  await expect(problem).toHaveCount(0)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'No job matches' })).toBeVisible()
  await expect(page.getByText('Mirror as of')).toBeVisible()
  await page.goto(`${running.url}#${link('?filter=state:faild')}`)
  await expect(page.getByRole('alert').filter({ hasText: 'state:faild' })).toBeVisible()
  // The same filter would only be refused again.
  await expect(page.getByRole('heading', { name: 'This filter has a mistake' })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Try again' })).toHaveCount(0)
  await close()
})

test('whoever looks for jobs that are gone is told how long they are kept, and where that is set', async ({
  browser,
}) => {
  const { page, close } = await visit(browser, running, link('?filter=is:gone'))
  await expect(page.getByText('jobs gone from Redis are kept for 30 days')).toBeVisible()
  await expect(page.getByRole('button', { name: /gone from Redis too/ })).toHaveCount(0)
  await page.getByRole('link', { name: 'How long jobs are kept' }).click()
  await expect(page.getByLabel('Days that jobs gone from Redis are kept')).toHaveValue('30')
  await close()
})

test('a filter that is no more than a queue and a state is the live list of Redis', async ({
  browser,
}) => {
  const { page, close } = await visit(browser, running, link('?filter=queue:mail%20state:failed'))
  await expect(found(page, '30 failed')).toBeVisible()
  await expect(page.getByText('Mirror as of')).toHaveCount(0)
  await page.getByRole('columnheader', { name: 'Ran for' }).getByRole('button').click()
  await expect(page).toHaveURL(/sort=-duration/)
  await expect(found(page, '30 jobs')).toBeVisible()
  await expect(page.getByText('Ran for, highest first')).toBeVisible()
  await page.getByRole('columnheader', { name: 'Name' }).getByRole('button').click()
  await expect(rowAt(page, 0)).toContainText('send-invoice')
  await page.getByRole('columnheader', { name: 'Name' }).getByRole('button').click()
  await expect(page).toHaveURL(/sort=-name/)
  await expect(rowAt(page, 0)).toContainText('send-welcome')
  await close()
})

test('facets count what is found, and add to the filter or leave out', async ({ browser }) => {
  const { page, close } = await visit(browser, running, link())
  const facets = page.getByRole('region', { name: 'How these jobs are spread' })
  await facets.getByRole('button', { name: 'mail, 30 jobs' }).click()
  await expect(page).toHaveURL(/filter=queue%3Amail/)
  await expect(found(page, '30 jobs')).toBeVisible()
  await facets.getByRole('button', { name: 'sms, 1 job' }).click()
  await expect(page).toHaveURL(/filter=queue%3Amail%2Csms/)
  await expect(found(page, '31 jobs')).toBeVisible()
  await facets.getByRole('button', { name: 'send-invoice, 15 jobs' }).click({ modifiers: ['Alt'] })
  await expect(page).toHaveURL(/-name%3Asend-invoice/)
  await expect(found(page, '16 jobs')).toBeVisible()
  await facets.getByRole('button', { name: 'without send-invoice, 15 jobs' }).click()
  await expect(found(page, '31 jobs')).toBeVisible()
  await expect(facets.getByRole('button', { name: /connection reset by peer/ })).toBeVisible()
  await page.keyboard.press('f')
  await expect(facets).toHaveCount(0)
  await page.reload()
  await expect(found(page, '31 jobs')).toBeVisible()
  await expect(facets).toHaveCount(0)
  await close()
})

test('a job opens beside what was found, and j moves on over the queues', async ({ browser }) => {
  const { page, close } = await visit(browser, running, link('?filter=state:failed -user:0'))
  await expect(rowAt(page, 0)).toContainText('notify')
  await rowAt(page, 0).click()
  await expect(page.getByRole('heading', { level: 2 })).toHaveText('notify')
  expect(page.url()).toMatch(/job=1&in=sms/)
  await page.keyboard.press('j')
  await expect(page.getByRole('heading', { level: 2 })).toContainText('send-')
  await page.reload()
  await expect(page.getByRole('heading', { level: 2 })).toContainText('send-')
  await page.keyboard.press('Escape')
  await expect(page.getByRole('heading', { level: 2 })).toHaveCount(0)
  await expect(rowAt(page, 1)).toBeFocused()
  await close()
})

test('columns are chosen, moved and kept; what only the mirror knows comes from it', async ({
  browser,
}) => {
  const { page, close } = await visit(browser, running, link('?queue=mail&state=failed'))
  await expect(found(page, '30 failed')).toBeVisible()
  await page.getByRole('button', { name: 'Columns' }).click()
  const menu = page.getByRole('dialog', { name: 'Columns' })
  await menu.getByRole('checkbox', { name: 'User' }).check()
  await menu.getByRole('checkbox', { name: 'Error' }).uncheck()
  await menu.getByRole('button', { name: 'Move User further left' }).click()
  expect(await seriousViolations(page)).toEqual([])
  const dragged = menu.getByRole('listitem').filter({ hasText: 'User' })
  await dragged.dragTo(menu.getByRole('listitem').first())
  await expect(menu.getByRole('listitem').first()).toContainText('User')
  await page.keyboard.press('Escape')
  await expect(page.getByRole('columnheader').first()).toHaveText('User')
  await expect(page.getByRole('columnheader', { name: 'Error' })).toHaveCount(0)
  await expect(found(page, '30 jobs')).toBeVisible()
  await page.reload()
  await expect(page.getByRole('columnheader', { name: 'User' })).toBeVisible()
  await page.getByRole('button', { name: 'Columns' }).click()
  await menu.getByRole('button', { name: 'Reset' }).click()
  await expect(found(page, '30 failed')).toBeVisible()
  await close()
})

test('a view is saved, marked when it is changed, found in the palette, renamed and deleted', async ({
  browser,
}) => {
  const { page, complaints, close } = await visit(browser, running, link('?filter=name:send-*'))
  await expect(found(page, '30 jobs')).toBeVisible()
  await page.getByRole('button', { name: 'Views' }).click()
  await page.getByRole('menuitem', { name: 'Save as a new view…' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: 'Save the view' }).click()
  await expect(dialog.getByText('A view needs a name.')).toBeVisible()
  await dialog.getByRole('textbox', { name: 'Name' }).fill('All mail')
  expect(await seriousViolations(page)).toEqual([])
  await dialog.getByRole('button', { name: 'Save the view' }).click()
  const menu = page.getByRole('button', { name: /^All mail/ })
  await expect(menu).toHaveText('All mail')
  await expect(page).toHaveURL(/view=/)

  await page.keyboard.press('/')
  await page.keyboard.type('user:1')
  await page.keyboard.press('Enter')
  await expect(menu).toContainText('changed')
  await menu.click()
  await page.getByRole('menuitem', { name: 'Save the changes to “All mail”' }).click()
  await expect(menu).toHaveText('All mail')

  await page.goto(`${running.url}#/e/${environment}/queues`)
  await expect(page.getByRole('row', { name: /mail/ })).toBeVisible()
  await page.keyboard.press('Control+k')
  await page.keyboard.type('open view all')
  await expect(page.getByRole('option').first()).toContainText('Open view: All mail')
  await page.keyboard.press('Enter')
  await expect(found(page, '10 jobs')).toBeVisible()

  await menu.click()
  await page.getByRole('menuitem', { name: 'Rename…' }).click()
  await dialog.getByRole('textbox', { name: 'Name' }).fill('Mail of one')
  await dialog.getByRole('button', { name: 'Rename the view' }).click()
  const renamed = page.getByRole('button', { name: 'Mail of one' })
  await renamed.click()
  await page.getByRole('menuitem', { name: 'Delete…' }).click()
  await dialog.getByRole('button', { name: 'Delete the view' }).click()
  await expect(page.getByRole('button', { name: 'Views' })).toBeVisible()
  expect(complaints).toEqual([])
  await close()
})

test('a view that is opened by its link shows its columns', async ({ browser, playwright }) => {
  const { page, close } = await visit(browser, running, link('?filter=name:send-*'))
  await expect(found(page, '30 jobs')).toBeVisible()
  const api = await playwright.request.newContext({
    extraHTTPHeaders: { authorization: `Bearer ${running.token}` },
  })
  const columns = ['user', 'name', 'when']
  const answer = await api.post(`${running.origin}/api/views`, {
    data: { name: 'By user', environment: null, filter: 'name:send-*', sort: '-at', columns },
  })
  const { id } = (await answer.json()) as { id: string }
  const other = await page.context().newPage()
  await other.goto(`${running.url}#${link(`?view=${id}&filter=name:send-*`)}`)
  await expect(other.getByRole('columnheader')).toHaveText(['User', 'Name', 'When'])
  await expect(other.getByRole('button', { name: 'By user', exact: true })).toBeVisible()
  await api.delete(`${running.origin}/api/views/${id}`)
  await api.dispose()
  await close()
})

test('the palette filters jobs by what is typed there', async ({ browser }) => {
  const { page, close } = await visit(browser, running, `/e/${environment}/queues`)
  await expect(page.getByRole('row', { name: /mail/ })).toBeVisible()
  await page.keyboard.press('Control+k')
  await page.keyboard.type('state:failed user:7')
  await expect(page.getByRole('option').first()).toContainText('Filter jobs by')
  await page.keyboard.press('Enter')
  await expect(found(page, '1 job')).toBeVisible()
  await close()
})

import { expect, test, type Page } from '@playwright/test'
import { chromiumExecutable } from '../support/chromium.ts'
import { startConsole, type ConsoleUnderTest } from '../support/console.ts'
import { seriousViolations, visit, type Visit } from '../support/frame.ts'
import { gate, openWorkshop, type Workshop } from '../support/workshop.ts'

test.use({ launchOptions: { executablePath: chromiumExecutable() ?? undefined } })

const environment = 'detail'
let workshop: Workshop
let running: ConsoleUnderTest

test.beforeAll(async () => {
  workshop = await openWorkshop()
  running = await startConsole({ redis: workshop.url, flags: ['--name', environment] })
})
test.afterAll(async () => {
  await running.stop()
  await workshop.close()
})

type Tab = 'summary' | 'data' | 'error' | 'logs' | 'raw'

function panel(page: Page) {
  return page.getByRole('tabpanel')
}

/** Opens a job on a tab by the address a link would have. */
async function open(
  browser: Parameters<typeof visit>[0],
  queue: string,
  job: string,
  tab: Tab,
  state = 'failed',
): Promise<Visit> {
  const search = `queue=${queue}&state=${state}&job=${job}&tab=${tab}`
  const visited = await visit(browser, running, `/e/${environment}/jobs?${search}`)
  await expect(panel(visited.page)).toBeVisible()
  return visited
}

test('the summary tells what happened, attempt by attempt', async ({ browser }) => {
  const [job = ''] = await workshop.fail(
    'summary',
    [{ name: 'send', options: { attempts: 2, priority: 3 } }],
    (attempt) => new Error(`refused the ${attempt}. time`),
  )
  const { page, complaints, close } = await open(browser, 'summary', job, 'summary')
  const steps = panel(page).getByRole('listitem')
  await expect(steps).toHaveCount(4)
  await expect(steps.nth(0)).toContainText('Added')
  await expect(steps.nth(1)).toContainText('Attempt 1 failed')
  await expect(steps.nth(1)).toContainText('Error: refused the 1. time')
  await expect(steps.nth(2)).toContainText('Started attempt 2')
  await expect(steps.nth(3)).toContainText('Error: refused the 2. time')
  await expect(panel(page)).toContainText('2 of 2')
  await expect(panel(page)).toContainText('attempts')
  expect(await seriousViolations(page)).toEqual([])
  expect(complaints).toEqual([])
  await close()
})

test('a failed job opens on its error, any other on its summary', async ({ browser }) => {
  const [failed = ''] = await workshop.fail('opened', [{}])
  const [completed = ''] = await workshop.complete('opened', [{}])
  const { page, close } = await visit(
    browser,
    running,
    `/e/${environment}/jobs?queue=opened&state=failed`,
  )
  const row = (id: string) => page.getByRole('row', { name: new RegExp(`^${id} `) })
  const selected = page.getByRole('tab', { selected: true })
  await row(failed).click()
  await expect(selected).toHaveText('Error')
  await expect(panel(page)).toContainText('SMTP refused the message')
  await page.keyboard.press('1')
  await expect(selected).toHaveText('Summary')
  await page.keyboard.press('3')
  await expect(selected).toHaveText('Error')
  await page.getByRole('link', { name: /^completed/ }).click()
  await row(completed).click()
  await expect(selected).toHaveText('Summary')
  // As the audit and the palette link to it, without the state.
  await page.goto(`${running.origin}/#/e/${environment}/jobs?queue=opened&job=${completed}`)
  await expect(selected).toHaveText('Summary')
  await close()
})

test('the figure of the progress stays in one line beside its bar', async ({ browser }) => {
  const [job = ''] = await workshop.complete('progressed', [{}])
  await (await workshop.queue('progressed').getJob(job))?.updateProgress(50)
  const { page, close } = await open(browser, 'progressed', job, 'summary', 'completed')
  const figure = panel(page).getByText('50%', { exact: true })
  await expect(figure).toBeVisible()
  expect((await figure.boundingBox())?.height).toBeLessThan(24)
  await close()
})

test('the issues of a validator are told in words', async ({ browser }) => {
  const issues = [
    { code: 'invalid_type', path: ['title'], message: 'Expected string' },
    { code: 'invalid_type', path: ['body'], message: 'Expected string' },
  ]
  const [job = ''] = await workshop.fail('validated', [{}], () => {
    const error = new Error(JSON.stringify(issues, null, 2))
    error.name = 'ZodError'
    error.stack = `ZodError: ${error.message}\n    at parse (/srv/app/src/mail.ts:1:2)`
    return error
  })
  const { page, close } = await open(browser, 'validated', job, 'summary')
  const said = 'title: Expected string (+1 more)'
  await expect(page.getByRole('row', { name: new RegExp(`^${job} `) })).toContainText(said)
  await expect(panel(page)).toContainText(`ZodError: ${said}`)
  await close()
})

test('a parent is linked in the state it is in', async ({ browser }) => {
  const parent = await workshop.queue('parents').add('publish', {}, { delay: 3_600_000 })
  const parentOptions = { id: parent.id ?? '', queue: 'bull:parents' }
  const [child = ''] = await workshop.fail('children', [{ options: { parent: parentOptions } }])
  const { page, close } = await open(browser, 'children', child, 'summary')
  await page.getByRole('link', { name: `parents · ${parent.id}` }).click()
  await expect(page.getByRole('heading', { level: 2, name: 'publish' })).toBeVisible()
  await close()
})

test('data and result are one searchable tree each', async ({ browser }) => {
  const data = { user: { name: 'Zoë', tags: ['a', 'b'] }, id: 12345678901234 }
  const [job = ''] = await workshop.complete('trees', [{ data }], { sent: 'to Zoë', cost: 0.25 })
  const { page, complaints, close } = await open(browser, 'trees', job, 'data', 'completed')
  const dataTree = page.getByRole('tree', { name: 'Data as a tree' })
  const resultTree = page.getByRole('tree', { name: 'Result as a tree' })
  await expect(dataTree).toContainText('12345678901234')
  await expect(resultTree).toContainText('0.25')
  await page.getByRole('searchbox', { name: 'Find keys and values' }).fill('zoë')
  await expect(panel(page)).toContainText('1 of 2')
  await page.keyboard.press('Enter')
  await expect(panel(page)).toContainText('2 of 2')
  await expect(resultTree.getByRole('treeitem', { selected: true })).toContainText('to Zoë')

  await dataTree.focus()
  await page.keyboard.press('End')
  await page.keyboard.press('p')
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe('data.id')
  await page.keyboard.press('Home')
  await page.keyboard.press('ArrowLeft')
  await expect(dataTree.getByRole('treeitem')).toHaveCount(1)
  await page.keyboard.press('c')
  await expect
    .poll(
      async () => JSON.parse(await page.evaluate(() => navigator.clipboard.readText())) as unknown,
    )
    .toEqual(data)
  expect(await seriousViolations(page)).toEqual([])
  expect(complaints).toEqual([])
  await close()
})

test('hostile content stays text wherever it is shown', async ({ browser }) => {
  const script = `<img src=x onerror="document.title='owned'"><script>document.title='owned'</script>`
  const turned = 'invoice\u202Efdp.exe'
  const nested = `${'['.repeat(5_000)}${']'.repeat(5_000)}`
  const [job = ''] = await workshop.fail(
    'hostile',
    [{ name: script }],
    () => new Error(`${script} ${turned}`),
  )
  // Written as another program might: BullMQ itself could not print data of this depth.
  const long = 'x'.repeat(1_000_000)
  await workshop.redis.hset(
    `bull:hostile:${job}`,
    'data',
    `{${JSON.stringify(script)}:"${turned}","deep":${nested},"long":"${long}"}`,
  )
  await workshop.queue('hostile').addJobLog(job, `\u001B]0;owned\u0007${script}\u001B[31mred`)
  const { page, complaints, close } = await open(browser, 'hostile', job, 'data')
  await expect(panel(page)).toContainText('<img src=x')
  await expect(panel(page)).toContainText('invoice⟨U+202E⟩fdp.exe')
  await page.getByRole('button', { name: 'Open all' }).first().click()
  await page.getByRole('tree').focus()
  await page.keyboard.press('End')
  await expect(page.getByRole('treeitem', { selected: true })).toContainText('xxxx')
  await page.keyboard.press('ArrowUp')
  await expect(page.getByRole('treeitem', { selected: true })).toContainText('[]')
  await page.getByRole('button', { name: /^Load all/ }).click()
  await expect(panel(page).getByRole('button', { name: /^Load all/ })).toHaveCount(0)
  for (const tab of ['1', '3', '4', '5']) {
    await page.keyboard.press(tab)
    await expect(panel(page)).toContainText('<img src=x')
  }
  await expect(page.getByRole('grid')).toContainText('⟨U+202E⟩')
  expect(await page.title()).not.toBe('owned')
  expect(await page.locator('img').count()).toBe(0)
  expect(complaints).toEqual([])
  await close()
})

test('what is not JSON is shown as the text it is', async ({ browser }) => {
  const [job = ''] = await workshop.fail('broken', [{}])
  await workshop.redis.hset(`bull:broken:${job}`, {
    data: '{"unfinished": tru',
    opts: 'no options',
    stacktrace: 'no list\n    at f (/srv/a.js:1:2)',
  })
  const { page, complaints, close } = await open(browser, 'broken', job, 'data')
  await expect(panel(page)).toContainText('Not JSON: shown as text')
  await expect(panel(page)).toContainText('{"unfinished": tru')
  await page.keyboard.press('3')
  await expect(panel(page)).toContainText('no list')
  await page.keyboard.press('1')
  await expect(panel(page)).toContainText('no options')
  expect(complaints).toEqual([])
  await close()
})

test('a large value is cut, says so, and loads whole when asked', async ({ browser }) => {
  const items = Array.from({ length: 12_000 }, (_, id) => ({ id, text: 'x'.repeat(80) }))
  const [job = ''] = await workshop.complete('large', [{ data: { items } }])
  const { page, complaints, close } = await open(browser, 'large', job, 'data', 'completed')
  await expect(panel(page)).toContainText(/256\sKB of 1\.\d\sMB shown/)
  const tree = page.getByRole('tree', { name: 'Data as a tree' })
  await page.getByRole('button', { name: /^Load all \(1\.\d\sMB\)/ }).click()
  await expect(panel(page)).not.toContainText('shown')
  await expect(tree).toContainText('12,000 entries')
  await page.getByRole('searchbox').fill('11999')
  await expect(tree.getByRole('treeitem', { selected: true })).toContainText('11999')
  expect(complaints).toEqual([])
  await close()
})

test('a very large value asks before it is loaded', async ({ browser }) => {
  const [job = ''] = await workshop.complete('huge', [{ data: { text: 'y'.repeat(9_000_000) } }])
  const { page, complaints, close } = await open(browser, 'huge', job, 'data', 'completed')
  await page.getByRole('button', { name: /^Load all \(8\.\d\sMB\)/ }).click()
  const question = page.getByRole('alertdialog')
  await expect(question).toContainText('Redis sends it in one piece')
  await question.getByRole('button', { name: 'Cancel' }).click()
  await expect(question).toHaveCount(0)
  await page.getByRole('button', { name: /^Load all/ }).click()
  await question.getByRole('button', { name: /^Load 8/ }).click()
  await page.getByRole('tree', { name: 'Data as a tree' }).focus()
  await page.keyboard.press('End')
  await expect(page.getByRole('region', { name: 'Whole value' })).toContainText('yyyy')
  expect(complaints).toEqual([])
  await close()
})

test('an error shows the application first, libraries folded, causes and earlier attempts', async ({
  browser,
}) => {
  const [job = ''] = await workshop.fail('errors', [{ options: { attempts: 2 } }], (attempt) => {
    const error = new TypeError(`refused ${attempt}`)
    error.stack = [
      `TypeError: refused ${attempt}`,
      '    at Mailer.send (/srv/app/src/mailer.ts:10:5)',
      '    at Agent.dispatch (/srv/app/node_modules/undici/lib/agent.js:1:2)',
      '    at process.processTicksAndRejections (node:internal/process/task_queues:105:5) {',
      '  [cause]: Error: connect ETIMEDOUT',
      '      at connect (/srv/app/src/pool.ts:3:4)',
      '}',
    ].join('\n')
    return error
  })
  const { page, complaints, close } = await open(browser, 'errors', job, 'error')
  await expect(panel(page)).toContainText('refused 2')
  await expect(panel(page)).toContainText('mailer.ts:10:5')
  await expect(panel(page)).toContainText('connect ETIMEDOUT')
  await expect(panel(page)).not.toContainText('agent.js')
  await page.getByRole('button', { name: '2 frames of libraries in undici, node' }).click()
  await expect(panel(page)).toContainText('agent.js:1:2')
  await page.getByText('Attempt 1', { exact: true }).click()
  await expect(panel(page)).toContainText('refused 1')
  await page.getByRole('button', { name: 'Copy as text' }).click()
  await expect
    .poll(() => page.evaluate(() => navigator.clipboard.readText()))
    .toContain('TypeError: refused 1\n    at Mailer.send')
  expect(await seriousViolations(page)).toEqual([])
  expect(complaints).toEqual([])
  await close()
})

test('logs open at their end, go back, are searched, and follow an active job', async ({
  browser,
}) => {
  const finished = gate()
  const worker = workshop.work('logged', async (job) => {
    for (let line = 1; line <= 450; line += 1) await job.log(`line ${line}`)
    await finished.opened
  })
  const added = await workshop.queue('logged').add('chatty', {})
  await expect
    .poll(() => workshop.redis.llen(`bull:logged:${added.id}:logs`), { timeout: 20_000 })
    .toBe(450)
  const log = async (line: string) => workshop.queue('logged').addJobLog(added.id ?? '', line)
  const { page, complaints, close } = await open(
    browser,
    'logged',
    added.id ?? '',
    'logs',
    'active',
  )
  const lines = page.getByRole('log')
  await expect(lines).toContainText('line 450')
  await expect(panel(page)).toContainText('200 of 450 lines')
  await log('\u001B[32mline 451\u001B[0m')
  await expect(lines).toContainText('line 451')
  await expect(lines.getByText('line 451')).toBeInViewport()
  await expect(panel(page)).toContainText('Following')

  await page.getByRole('button', { name: 'Load 200 earlier lines' }).click()
  await page.getByRole('button', { name: 'Load 50 earlier lines' }).click()
  await expect(panel(page)).toContainText('451 lines')
  await page.getByRole('searchbox').fill('line 37')
  await expect(panel(page)).toContainText('1 of 11')
  await expect(lines.locator('[data-current]')).toHaveText('37line 37')

  await log('line 452')
  await expect(panel(page)).toContainText('452 lines')
  await expect(lines.locator('[data-current]')).toBeInViewport()
  await page.getByRole('button', { name: 'Go to the end' }).click()
  await expect(lines.getByText('line 452')).toBeInViewport()
  finished.open()
  await expect(page.getByRole('heading', { name: 'chatty' }).locator('..')).toContainText(
    'completed',
  )
  await expect(panel(page)).not.toContainText('Following')
  expect(await seriousViolations(page)).toEqual([])
  expect(complaints).toEqual([])
  await worker.close()
  await close()
})

test('the raw hash shows every field with its size', async ({ browser }) => {
  const [job = ''] = await workshop.fail('raw', [{ data: { a: 1 } }])
  const { page, close } = await open(browser, 'raw', job, 'raw')
  await expect(panel(page)).toContainText(`bull:raw:${job}`)
  await page.getByRole('button', { name: /^data/ }).click()
  await expect(panel(page).getByRole('region', { name: 'data' })).toHaveText('{"a":1}')
  await page.getByRole('searchbox').fill('stacktrace')
  await expect(panel(page).getByRole('button', { name: /^data/ })).toHaveCount(0)
  expect(await seriousViolations(page)).toEqual([])
  await close()
})

test('a job that vanishes while it is open leaves what was known of it', async ({ browser }) => {
  const [job = ''] = await workshop.fail('vanishing', [{ name: 'here' }])
  const { page, close } = await open(browser, 'vanishing', job, 'summary')
  await (await workshop.queue('vanishing').getJob(job))?.remove()
  await expect(page.getByText('This job no longer exists.')).toBeVisible({ timeout: 20_000 })
  await expect(panel(page)).toContainText('Added')
  await expect(page.getByRole('button', { name: 'Delete', exact: true })).toHaveCount(0)
  await close()
})

test('a job that never was is said not to exist', async ({ browser }) => {
  await workshop.fail('known', [{}])
  const path = `/e/${environment}/jobs?queue=known&state=failed&job=nowhere`
  const { page, close } = await visit(browser, running, path)
  await expect(page.getByRole('heading', { name: 'This job no longer exists' })).toBeVisible()
  await expect(page.getByText('JOB_NOT_FOUND')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Delete', exact: true })).toHaveCount(0)
  await expect(page.getByRole('alert').getByRole('button')).toHaveText(['', 'Close', 'Try again'])
  await page.getByRole('button', { name: 'Close', exact: true }).click()
  await expect(page).not.toHaveURL(/job=/)
  await close()
})

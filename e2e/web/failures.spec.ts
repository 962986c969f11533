import { expect, type Page, test } from '@playwright/test'
import { startTestRedis } from '../../test-support/redis.ts'
import { chromiumExecutable } from '../support/chromium.ts'
import { startConsole, type ConsoleUnderTest } from '../support/console.ts'
import { addEnvironment } from '../support/environments.ts'
import { seriousViolations, visit } from '../support/frame.ts'

test.use({ launchOptions: { executablePath: chromiumExecutable() ?? undefined } })

let running: ConsoleUnderTest
test.beforeAll(async () => {
  running = await startConsole({ demo: { still: true } })
  await mirrored(running, 'demo')
})
test.afterAll(() => running.stop())

/** Waits until the mirror has read all, so that groups no longer change. */
async function mirrored({ origin, token }: ConsoleUnderTest, environment: string): Promise<void> {
  await expect
    .poll(
      async () => {
        const answer = await fetch(`${origin}/api/environments/${environment}/mirror`, {
          headers: { authorization: `Bearer ${token}` },
        })
        const { state, backfill, details } = (await answer.json()) as Record<string, unknown>
        return { state, backfill, details }
      },
      { timeout: 20_000 },
    )
    .toEqual({ state: 'following', backfill: null, details: null })
}

const rowsOf = (page: Page) => page.getByRole('grid').locator('[role=row][aria-selected]')
const zod = /ZodError frontMatter/

for (const colorScheme of ['light', 'dark'] as const) {
  test(`failures are grouped by what went wrong, and nothing is amiss in ${colorScheme}`, async ({
    browser,
  }) => {
    const { page, complaints, close } = await visit(browser, running, '/e/demo/failures', {
      colorScheme,
    })
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Failures')
    await expect(page.getByRole('banner')).toContainText(/synced (now|\ds ago)/)
    const row = rowsOf(page).filter({ hasText: zod })
    await expect(row).toContainText('parseFrontMatter (src/articles/front-matter.ts)')
    await expect(row).toContainText('articles › render_article')
    await expect(row.getByRole('img', { name: '10 failures over the window' })).toBeVisible()
    await expect(page.getByText(/^Mirror as of \d\d:\d\d:\d\d/)).toBeVisible()
    expect(await seriousViolations(page)).toEqual([])
    await row.click()
    const pane = page.getByRole('region', { name: zod })
    await expect(pane.getByRole('heading', { name: 'Newest sample' })).toBeVisible()
    await expect(pane.getByText('Messages')).toBeVisible()
    expect(await seriousViolations(page)).toEqual([])
    expect(complaints).toEqual([])
    await close()
  })
}

test('a group opens by the keyboard, moves with the keys, and leads to its jobs', async ({
  browser,
}) => {
  const { page, close } = await visit(browser, running, '/e/demo/failures?sort=count')
  await expect(rowsOf(page).first()).toContainText(zod)
  await page.keyboard.press('j')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/group=[0-9a-f]{16}/)
  const first = page.url()
  await expect(page.getByRole('region', { name: zod })).toContainText('10 in the last 24 h')
  await page.keyboard.press('j')
  await expect(rowsOf(page).nth(1)).toBeFocused()
  await expect(rowsOf(page).nth(1)).toHaveAttribute('aria-selected', 'true')
  await page.keyboard.press('k')
  await expect(page).toHaveURL(first)
  await page.getByRole('link', { name: 'Show its jobs' }).click()
  await expect(page).toHaveURL(/jobs\?filter=group(:|%3A)[0-9a-f]{16}(\+|%20)state(:|%3A)failed/)
  await expect(page.getByRole('grid')).toHaveAttribute('aria-rowcount', '11')
  await page.goBack()
  await page.keyboard.press('Escape')
  await expect(page).not.toHaveURL(/group=/)
  await close()
})

test('resolving takes a group out of the open ones, and reopening brings it back', async ({
  browser,
}) => {
  const { page, close } = await visit(browser, running, '/e/demo/failures?sort=count')
  const tab = (name: RegExp) => page.getByRole('navigation', { name: 'Status' }).getByText(name)
  const row = rowsOf(page).filter({ hasText: zod })
  await row.focus()
  await page.keyboard.press('r')
  await expect(row).toHaveCount(0)
  await tab(/Resolved/).click()
  await expect(row).toContainText('resolved')
  const current = page.getByRole('navigation', { name: 'Status' }).locator('[aria-current]')
  await expect(current).toHaveText(/^Resolved/)
  await row.focus()
  await page.keyboard.press('r')
  await expect(row).toHaveCount(0)
  await tab(/Open/).click()
  await expect(row).toBeVisible()
  await row.focus()
  await page.keyboard.press('u')
  await expect(row).toHaveCount(0)
  await tab(/All/).click()
  await expect(row).toContainText('muted')
  await row.click()
  await page.getByRole('button', { name: 'Unmute' }).click()
  await expect(row).not.toContainText('muted')
  await close()
})

test('a group takes a name, a note and a runbook, which opens as an address of the web only', async ({
  browser,
}) => {
  const { page, close } = await visit(browser, running, '/e/demo/failures')
  await rowsOf(page)
    .filter({ hasText: /ENOSPC/ })
    .focus()
  await page.keyboard.press('n')
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Name', { exact: true }).fill('Disk of the reports')
  await dialog.getByLabel('Note', { exact: true }).fill('Ask Ada for a larger one.')
  await dialog.getByLabel('Runbook').fill('javascript:alert(1)')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(dialog).toContainText('beginning with https://')
  await dialog.getByLabel('Runbook').fill('https://example.org/disk')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(dialog).toHaveCount(0)
  const row = rowsOf(page).filter({ hasText: 'Disk of the reports' })
  await row.click()
  const pane = page.getByRole('region', { name: 'Disk of the reports' })
  await expect(pane).toContainText('Ask Ada for a larger one.')
  await expect(pane).toContainText('ENOSPC: no space left on device')
  const link = pane.getByRole('link', { name: 'https://example.org/disk' })
  await expect(link).toHaveAttribute('target', '_blank')
  await expect(link).toHaveAttribute('rel', /noreferrer/)
  await close()
})

test('selected groups merge into one, and stand alone again', async ({ browser }) => {
  const { page, close } = await visit(browser, running, '/e/demo/failures?sort=count')
  const total = page.getByText(/^\d+ groups · \d+ failures$/)
  const before = Number.parseInt((await total.textContent()) ?? '', 10)
  await page.keyboard.press('j')
  await page.keyboard.press('x')
  await page.keyboard.press('j')
  await page.keyboard.press('x')
  await expect(page.getByText('2 selected')).toBeVisible()
  await page.keyboard.press('m')
  const dialog = page.getByRole('dialog', { name: 'Merge 2 groups?' })
  await expect(dialog.getByRole('radio')).toHaveCount(2)
  expect(await seriousViolations(page)).toEqual([])
  await dialog.getByRole('button', { name: 'Merge 2 groups' }).click()
  await expect(total).toHaveText(new RegExp(`^${before - 1} groups`))
  await expect(page.getByText('1 group merged into this one')).toBeVisible()
  await page.getByRole('button', { name: 'Let it stand alone' }).click()
  await expect(total).toHaveText(new RegExp(`^${before} groups`))
  await close()
})

test('a group is told apart by message, and its messages join again', async ({ browser }) => {
  const { page, close } = await visit(browser, running, '/e/demo/failures?filter=queue:seo')
  const quota = rowsOf(page).filter({ hasText: 'QuotaExceededError' })
  await quota.click()
  await page.getByRole('button', { name: 'Split by message' }).click()
  await expect(quota).toHaveCount(3)
  await page.getByRole('button', { name: 'Join the messages again' }).click()
  await expect(quota).toHaveCount(1)
  await expect(page.getByRole('button', { name: 'Split by message' })).toBeVisible()
  await close()
})

test('filter and window live in the address; what cannot be told is said', async ({ browser }) => {
  const { page, close } = await visit(browser, running, '/e/demo/failures')
  await expect(rowsOf(page).first()).toBeVisible()
  await page.keyboard.press('/')
  await page.keyboard.type('queue:seo')
  await expect(page).toHaveURL(/filter=queue(:|%3A)seo/)
  await expect(rowsOf(page).filter({ hasText: zod })).toHaveCount(0)
  await expect(rowsOf(page).filter({ hasText: 'seo ›' }).first()).toBeVisible()
  await page.keyboard.press('Escape')
  await page.keyboard.press('w')
  await expect(page).toHaveURL(/window=7d/)
  await page.goto(`${running.origin}/#/e/demo/failures?filter=nothing-of-the-kind`)
  await expect(page.getByRole('heading', { name: 'No group matches the filter' })).toBeVisible()
  await page.goto(`${running.origin}/#/e/demo/failures?filter=attempts:3`)
  await expect(page.getByRole('alert')).toContainText('attempts:3')
  await page.getByRole('button', { name: 'Clear the filter' }).click()
  await expect(rowsOf(page).filter({ hasText: zod })).toBeVisible()
  await close()
})

test('groups of other environments stand beside, and what is lacking is said', async ({
  browser,
}) => {
  const redis = await startTestRedis()
  const several = await startConsole({ demo: { still: true } })
  try {
    const other = await addEnvironment(several, redis, { name: 'quiet' })
    const away = await addEnvironment(several, { url: 'redis://127.0.0.1:1' }, { name: 'away' })
    await mirrored(several, 'demo')
    await mirrored(several, other.id)
    const { page, close } = await visit(browser, several, '/e/demo/failures')
    await page.getByRole('button', { name: 'Compare with…' }).click()
    await page.getByRole('menuitemcheckbox', { name: 'quiet' }).click()
    await page.getByRole('menuitemcheckbox', { name: 'away' }).click()
    await page.keyboard.press('Escape')
    await expect(page).toHaveURL(new RegExp(`with=${other.id}(,|%2C)${away.id}`))
    await expect(page.getByText(/away has no mirror yet/)).toBeVisible()
    const cells = rowsOf(page).filter({ hasText: zod }).locator('[data-column="other"]')
    await expect(cells).toHaveText(['0', '–'])
    expect(await seriousViolations(page)).toEqual([])
    await page.goto(`${several.origin}/#/e/${other.id}/failures?with=demo`)
    const row = rowsOf(page).filter({ hasText: zod })
    await expect(row).toContainText('only in Demo')
    await expect(row.locator('[data-column="other"]')).toHaveText(['10'])
    await row.click()
    await expect(page).toHaveURL(/\/e\/demo\/failures\?group=/)
    await expect(page.getByRole('region', { name: zod })).toBeVisible()
    await close()
  } finally {
    await several.stop()
    await redis.stop()
  }
})

test('in French no word is missing', async ({ browser }) => {
  const { page, close } = await visit(browser, running, '/e/demo/failures', { locale: 'fr-FR' })
  await rowsOf(page).filter({ hasText: zod }).click()
  await expect(page.getByRole('heading', { name: 'Exemple le plus récent' })).toBeVisible()
  const text = await page.locator('body').innerText()
  expect(text).not.toMatch(/\{\{|\b(?:failures|mirror|jobs|common):/u)
  await close()
})

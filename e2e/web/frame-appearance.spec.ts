import { expect, test } from '@playwright/test'
import { chromiumExecutable } from '../support/chromium.ts'
import { startConsole, type ConsoleUnderTest } from '../support/console.ts'
import { type Look, seriousViolations, visit } from '../support/frame.ts'

test.use({ launchOptions: { executablePath: chromiumExecutable() ?? undefined } })

let running: ConsoleUnderTest
let empty: ConsoleUnderTest
test.beforeAll(async () => {
  running = await startConsole({ demo: { still: true } })
  empty = await startConsole()
})
test.afterAll(async () => {
  await running.stop()
  await empty.stop()
})

const themes = ['light', 'dark'] as const
const pages = [
  '/e/demo/queues',
  '/e/demo/jobs',
  '/e/demo/audit',
  '/environments?environment=demo',
  '/settings',
  '/nowhere',
] as const

for (const colorScheme of themes) {
  for (const path of pages) {
    test(`axe finds nothing serious on ${path} in ${colorScheme}`, async ({ browser }) => {
      const { page, complaints, close } = await visit(browser, running, path, { colorScheme })
      await expect(page.getByRole('heading').first()).toBeVisible()
      await expect(page.getByRole('status', { name: 'Loading…' })).toHaveCount(0)
      await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', colorScheme)
      expect(await seriousViolations(page)).toEqual([])
      expect(complaints).toEqual([])
      await close()
    })
  }

  test(`axe finds nothing serious in the overlays in ${colorScheme}`, async ({ browser }) => {
    const { page, close } = await visit(browser, running, '/e/demo/queues', { colorScheme })
    await expect(page.getByRole('row', { name: /articles/ })).toBeVisible()
    await page.keyboard.press('Control+k')
    await expect(page.getByRole('option').first()).toBeVisible()
    expect(await seriousViolations(page)).toEqual([])
    await page.keyboard.press('Escape')
    await page.keyboard.press('?')
    await expect(page.getByRole('dialog')).toBeVisible()
    expect(await seriousViolations(page)).toEqual([])
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: /^Environment/ }).click()
    await expect(page.getByRole('dialog')).toBeVisible()
    expect(await seriousViolations(page)).toEqual([])
    await close()
  })

  test(`axe finds nothing serious without an environment in ${colorScheme}`, async ({
    browser,
  }) => {
    const { page, close } = await visit(browser, empty, '/', { colorScheme })
    await expect(page.getByRole('heading', { name: 'No environment yet' })).toBeVisible()
    await expect(page.getByText('npm start -- --redis')).toBeVisible()
    await expect(page.getByRole('link', { name: /Queues/ })).toHaveCount(0)
    expect(await seriousViolations(page)).toEqual([])
    await close()
  })
}

test('the system decides theme and language until told otherwise', async ({ browser }) => {
  const look: Look = { locale: 'fr-FR', colorScheme: 'dark' }
  const { page, close } = await visit(browser, running, '/e/demo/queues', look)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Files')
  await expect(page.locator('html')).toHaveAttribute('lang', 'fr')
  await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'dark')
  await page.emulateMedia({ colorScheme: 'light' })
  await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'light')
  await close()
})

test('no page shows a key instead of words, nor a word of the other language', async ({
  browser,
}) => {
  for (const path of [...pages, '/e/demo/jobs?queue=seo']) {
    const { page, close } = await visit(browser, running, path, { locale: 'fr-FR' })
    await expect(page.getByRole('heading').first()).toBeVisible()
    await expect(page.getByRole('status', { name: 'Chargement…' })).toHaveCount(0)
    // What a filter says is the same in every language.
    await page.getByRole('search').evaluateAll((elements) => {
      for (const element of elements)
        if (element instanceof HTMLElement) element.style.display = 'none'
    })
    const text = await page.locator('body').innerText()
    expect(text).not.toMatch(
      /\{\{|\b(?:common|frame|ui|errors|audit|jobs|queues|environments|connection|lock|overview):/u,
    )
    expect(text).not.toMatch(/\b(?:Queues|Settings|Search|waiting|failed|ago)\b/u)
    await close()
  }
})

import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, BrowserContextOptions, Page } from '@playwright/test'
import type { ConsoleUnderTest } from './console.ts'

export interface Look {
  locale?: 'en-GB' | 'fr-FR'
  colorScheme?: 'light' | 'dark'
  width?: number
  height?: number
}

export interface Visit {
  page: Page
  /** What the browser complained of: errors and warnings of the page's own. */
  complaints: string[]
  close: () => Promise<void>
}

/** Opens the console as a new operator: nothing remembered, English, light and 1440 by 900 unless told. */
export async function visit(
  browser: Browser,
  running: ConsoleUnderTest,
  path = '/',
  look: Look = {},
): Promise<Visit> {
  const options: BrowserContextOptions = {
    locale: look.locale ?? 'en-GB',
    colorScheme: look.colorScheme ?? 'light',
    reducedMotion: 'reduce',
    timezoneId: 'Europe/Paris',
    viewport: { width: look.width ?? 1440, height: look.height ?? 900 },
    permissions: ['clipboard-read', 'clipboard-write'],
  }
  const context = await browser.newContext(options)
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text())
  })
  await page.goto(`${running.url}#${path}`)
  return { page, complaints, close: () => context.close() }
}

/** Violations of WCAG 2.2 A and AA that axe calls serious or critical, one line each. */
export async function seriousViolations(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
    .analyze()
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map((node) => `${id}: ${node.target.join(' ')} ${node.failureSummary ?? ''}`),
    )
}

/** The name of the element that has the focus, for tests without a mouse. */
export async function focused(page: Page): Promise<string> {
  return page.evaluate(() => {
    const { activeElement } = document
    if (activeElement === null) return ''
    return activeElement.getAttribute('aria-label') ?? activeElement.textContent.trim()
  })
}

import { chromium as playwright } from 'playwright-core'
import type { Sizes } from './sizes.ts'
import { Times } from './statistics.ts'
import type { Vigie } from './vigie.ts'

export interface BrowserResult {
  loads: number
  p50: number
  slowest: number
}

/** From asking for the address to the first job row on screen, each time in a browser that knows nothing yet. */
export async function benchBrowser(
  vigie: Vigie,
  executablePath: string,
  queue: string,
  { browserLoads }: Sizes,
): Promise<BrowserResult> {
  const times = new Times()
  const browser = await playwright.launch({ executablePath })
  try {
    for (let load = 0; load < browserLoads; load += 1) {
      const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
      const page = await context.newPage()
      const started = performance.now()
      await page.goto(vigie.jobsAddress(queue, 'failed'), {
        waitUntil: 'commit',
      })
      await page.getByRole('grid').locator('[data-index="0"]').getByText(/\S/).first().waitFor()
      times.add(performance.now() - started)
      await context.close()
    }
  } finally {
    await browser.close()
  }
  return { loads: times.count, p50: times.percentile(50), slowest: times.percentile(100) }
}

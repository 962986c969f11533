import { chromium as playwright, type CDPSession, type Page } from 'playwright-core'
import { chromiumExecutable } from '../../e2e/support/chromium.ts'
import { startTestRedis } from '../../test-support/redis.ts'
import { type FrameReading, recordFrames } from './frames.ts'
import { loadJobs } from './generated-jobs.ts'
import { failRealJobs } from './real-jobs.ts'
import type { Sizes } from './sizes.ts'
import { Vigie } from './vigie.ts'

export interface ScrollPart {
  title: string
  frames: number
  p50: number
  p99: number
  longest: number
  /** Between what Chromium's compositor really drew. */
  longestDrawn: number
  dropped: number
  /** CPU time of the page's own thread, by frame. */
  busy: number
  blank: number
  waiting: number
  /** Rows that went past, or were jumped over. */
  rows: number
}

export interface ScrollResult {
  jobs: number
  parts: ScrollPart[]
}

const view = { width: 1440, height: 900 }

const day = 86_400_000

/** A real Vigie with very many jobs in its mirror, and their list in a real Chromium. */
export async function benchScroll({ mirror: { jobs } }: Sizes): Promise<ScrollResult> {
  const chromium = chromiumExecutable()
  if (chromium === null) throw new Error('Install Chromium (apt-get install chromium) to measure')
  const server = await startTestRedis()
  try {
    const templates = await failRealJobs(server.url, 64)
    const queue = { prefix: 'bull', queue: 'failed', count: jobs }
    const now = Date.now()
    await loadJobs(server.port, templates, { ...queue, from: now - 30 * day, to: now })
    const vigie = await Vigie.start(server.port, 'bull', 'ample')
    try {
      await vigie.discovered(['failed'])
      await vigie.mirrored()
      return {
        jobs,
        parts: await scrollList(vigie.foundAddress('state:failed since:90d'), chromium),
      }
    } finally {
      await vigie.stop()
    }
  } finally {
    await server.stop()
  }
}

/** Flings and drags a list about as a person does it. */
async function scrollList(address: string, executablePath: string): Promise<ScrollPart[]> {
  // With scroll bars, which are hidden from screenshots otherwise.
  const browser = await playwright.launch({
    executablePath,
    ignoreDefaultArgs: ['--hide-scrollbars'],
  })
  try {
    const page = await (await browser.newContext({ viewport: view })).newPage()
    await page.goto(address)
    await page.getByRole('grid').locator('[data-index="0"]').getByText(/\S/).first().waitFor()
    await page.getByRole('region', { name: 'How these jobs are spread' }).waitFor()
    const session = await page.context().newCDPSession(page)
    const parts: ScrollPart[] = []
    for (const [title, work] of gestures(page, session)) {
      await rest(page)
      parts.push(partOf(title, await recordFrames(page, session, work)))
    }
    return parts
  } finally {
    await browser.close()
  }
}

type Gesture = [title: string, work: () => Promise<void>]

function gestures(page: Page, session: CDPSession): Gesture[] {
  const center = { x: 800, y: 500 }
  const scroll = (yDistance: number, speed: number) =>
    session.send('Input.synthesizeScrollGesture', {
      ...center,
      yDistance,
      speed,
      gestureSourceType: 'mouse',
      preventFling: false,
    })
  return [
    ['wheel, as one reads', async () => void (await scroll(-6_000, 1_200))],
    ['wheel, flung down', async () => void (await scroll(-60_000, 20_000))],
    ['wheel, flung up', async () => void (await scroll(40_000, 20_000))],
    ['scroll bar, dragged to the end and back', () => dragBar(page)],
    [
      'keys, a page at a time',
      async () => {
        await page.getByRole('row').nth(3).focus()
        for (let turn = 0; turn < 40; turn += 1) await page.keyboard.press('PageDown')
      },
    ],
  ]
}

/** Takes the thumb where it is and moves it as a hand does, in many small steps. */
async function dragBar(page: Page): Promise<void> {
  const bar = await page.getByRole('grid').evaluate((grid) => {
    const { right, top, height } = grid.getBoundingClientRect()
    return { x: right - 7, top: top + 24, bottom: top + height - 24, at: grid.scrollTop }
  })
  await page.getByRole('grid').evaluate((grid) => grid.scrollTo({ top: 0 }))
  await page.mouse.move(bar.x, bar.top)
  await page.mouse.down()
  for (const to of [0.25, 0.5, 0.35, 0.9, 1, 0.6, 0.1, 0]) {
    await page.mouse.move(bar.x, bar.top + (bar.bottom - bar.top) * to, { steps: 25 })
  }
  await page.mouse.up()
}

/** Until nothing is on its way and the page has painted. */
async function rest(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    const box = document.querySelector('[role=grid]')?.getBoundingClientRect()
    // The row with the focus stays in the document wherever the list is scrolled to.
    return [...document.querySelectorAll('[role=row][aria-busy=true]')].every((row) => {
      const { top, bottom } = row.getBoundingClientRect()
      return box === undefined || bottom < box.top || top > box.bottom
    })
  })
  await page.evaluate(
    () => new Promise((resolve) => requestIdleCallback(resolve, { timeout: 2_000 })),
  )
}

function partOf(title: string, reading: FrameReading): ScrollPart {
  const { gaps, drawn, dropped, blank, waiting, from, to } = reading
  const sorted = gaps.toSorted((left, right) => left - right)
  const at = (share: number) => sorted[Math.floor((sorted.length - 1) * share)] ?? Number.NaN
  return {
    title,
    frames: gaps.length,
    p50: at(0.5),
    p99: at(0.99),
    longest: at(1),
    longestDrawn: Math.max(...drawn),
    dropped,
    busy: reading.busy / gaps.length,
    blank,
    waiting,
    rows: Math.abs(to - from),
  }
}

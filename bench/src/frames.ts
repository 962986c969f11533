import type { CDPSession, Page } from 'playwright-core'

/** What a page showed while it was scrolled. Times in milliseconds. */
export interface FrameReading {
  /** Between frames of the page (`requestAnimationFrame`). */
  gaps: number[]
  /** Between what Chromium's compositor really drew. */
  drawn: number[]
  dropped: number
  /** CPU time of the page's own thread. */
  busy: number
  /** Frames in which a part of the list's view had neither a row nor a placeholder. */
  blank: number
  /** Frames with placeholders. */
  waiting: number
  /** Rows passed, by the first row in view. */
  from: number
  to: number
}

interface Recorded {
  times: number[]
  blank: number
  waiting: number
  from: number
  to: number
}

interface TraceEvent {
  name: string
  ts: number
  pid: number
}

const recorder = '__frames'

/** Records frames of a page with one grid while `work` runs: as the page sees them, and by tracing. */
export async function recordFrames(
  page: Page,
  session: CDPSession,
  work: () => Promise<void>,
): Promise<FrameReading> {
  const traced: TraceEvent[] = []
  const collect = ({ value }: { value: unknown[] }) => {
    for (const event of value as TraceEvent[]) traced.push(event)
  }
  session.on('Tracing.dataCollected', collect)
  await session.send('Tracing.start', {
    traceConfig: { includedCategories: ['disabled-by-default-devtools.timeline.frame'] },
    transferMode: 'ReportEvents',
  })
  await session.send('Performance.enable', { timeDomain: 'threadTicks' })
  await page.evaluate(watchFrames, recorder)
  const before = await busySeconds(session)
  await work()
  const busy = (await busySeconds(session)) - before
  const recorded = (await page.evaluate(
    (name) => (globalThis as unknown as Record<string, () => unknown>)[name]?.(),
    recorder,
  )) as Recorded
  const complete = new Promise((resolve) => session.once('Tracing.tracingComplete', resolve))
  await session.send('Tracing.end')
  await complete
  session.off('Tracing.dataCollected', collect)
  const draws = traced.filter(({ name }) => name === 'DrawFrame').map(({ ts }) => ts / 1000)
  const { times, ...rest } = recorded
  return {
    ...rest,
    gaps: between(times),
    busy: busy * 1000,
    drawn: between(draws.toSorted((left, right) => left - right)),
    dropped: traced.filter(({ name }) => name === 'DroppedFrame').length,
  }
}

async function busySeconds(session: CDPSession): Promise<number> {
  const { metrics } = await session.send('Performance.getMetrics')
  return metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN
}

/** Runs in the page: looks at each frame before it is painted, until it is asked for what it saw. */
function watchFrames(name: string): void {
  const grid = document.querySelector('[role=grid]')
  const first = () => {
    const top = (grid?.getBoundingClientRect().top ?? 0) + 32
    const row = [...document.querySelectorAll('[role=grid] [data-index]')].find((each) => {
      const box = each.getBoundingClientRect()
      return box.top <= top && box.bottom > top
    })
    return Number(row?.getAttribute('data-index') ?? Number.NaN)
  }
  const seen = { times: [] as number[], blank: 0, waiting: 0, from: first(), to: 0 }
  let goesOn = true
  const look = (time: number) => {
    if (!goesOn || grid === null) return
    seen.times.push(time)
    const box = grid.getBoundingClientRect()
    const top = box.top + 32
    const spans: [number, number][] = []
    let waits = false
    for (const row of grid.querySelectorAll('[data-index]')) {
      const { top: from, bottom: to } = row.getBoundingClientRect()
      if (to <= top || from >= box.bottom) continue
      spans.push([from, to])
      if (row.getAttribute('aria-busy') === 'true') waits = true
    }
    let covered = top
    for (const [from, to] of spans.sort((left, right) => left[0] - right[0])) {
      if (from > covered + 1) break
      covered = Math.max(covered, to)
    }
    if (covered < box.bottom - 18) seen.blank += 1
    if (waits) seen.waiting += 1
    requestAnimationFrame(look)
  }
  requestAnimationFrame(look)
  ;(globalThis as unknown as Record<string, () => unknown>)[name] = () => {
    goesOn = false
    seen.to = first()
    return seen
  }
}

function between(times: readonly number[]): number[] {
  return times.slice(1).map((time, index) => time - (times[index] ?? time))
}

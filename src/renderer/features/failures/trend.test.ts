import { expect, test } from 'vitest'
import { failureWindows, failureWindowSchema } from '#shared/contract/failures.ts'
import { barsOf } from './trend.ts'

const hour = 3_600_000

test.each(failureWindowSchema.options)(
  'the bars of %s follow each other up to this hour',
  (window) => {
    const now = 1_000 * hour + 17
    const bars = barsOf(window, now)
    const { hours } = failureWindows[window]
    expect(bars).toHaveLength(failureWindows[window].bars)
    expect(bars.at(-1)?.to).toBe(1_001 * hour)
    expect(bars[0]?.from).toBe((1_001 - hours) * hour)
    expect(bars.slice(1).map(({ from }) => from)).toEqual(bars.slice(0, -1).map(({ to }) => to))
  },
)

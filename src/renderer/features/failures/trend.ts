import { failureWindows, type FailureWindow } from '#shared/contract/failures.ts'

const hour = 3_600_000

/** From when to when each bar of a trend is; a window ends with the hour that runs. */
export function barsOf(window: FailureWindow, now: number): { from: number; to: number }[] {
  const { hours, bars } = failureWindows[window]
  const end = Math.ceil(now / hour) * hour
  const length = (hours / bars) * hour
  return Array.from({ length: bars }, (_, index) => {
    const from = end - (bars - index) * length
    return { from, to: from + length }
  })
}

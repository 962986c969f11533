const firstDelay = 500
const longestDelay = 15_000

/**
 * Milliseconds to wait before try number `attempt` (from 0): doubling, bounded, with equal jitter so
 * that many consoles do not come back in step.
 */
export function backoff(attempt: number, random: () => number = Math.random): number {
  const ceiling = Math.min(longestDelay, firstDelay * 2 ** Math.min(attempt, 10))
  return ceiling / 2 + (random() * ceiling) / 2
}

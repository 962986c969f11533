/** Milliseconds between two looks at the clock, and how late one may be by chance. */
const every = 1
const chance = 2

/**
 * Begins to watch how long this process is kept from its work, by what it does itself or by what else runs on the
 * machine. The function it gives ends that, and tells the milliseconds: an answer that came meanwhile may have
 * waited so long for us. `now`: milliseconds of a clock that never goes back.
 */
export function watchOwnDelay(now: () => number = () => performance.now()): () => number {
  let late = 0
  let due = now() + every
  const note = () => {
    const by = now() - due
    if (by > chance) late += by
  }
  const timer = setInterval(() => {
    note()
    due = now() + every
  }, every)
  return () => {
    clearInterval(timer)
    // What held us up until now, so that the timer had no turn.
    note()
    return late
  }
}

/**
 * What is left of a round trip. Redis may have been slow at the very time that this process was held up: where
 * that was most of it, the rest tells neither that Redis is quick nor that it is slow.
 */
export function withoutOwnDelay(roundTrip: number, own: number) {
  return { latency: Math.max(0, roundTrip - own), telling: own <= roundTrip / 2 }
}

import { AsyncLocalStorage } from 'node:async_hooks'

/** The time as it stands for work that is being lived through again. */
export interface Clock {
  now: number
}

const past = new AsyncLocalStorage<Clock>()
const realNow = Date.now

/**
 * Lets BullMQ live through the last day: its scripts take every time from the client, so real jobs,
 * added, run and finished under a set clock, have the timestamps, durations and metrics of that day.
 * Outside `underClock` the time stays the real one.
 */
export function installClock(): void {
  Date.now = () => past.getStore()?.now ?? realNow()
}

export async function underClock<T>(clock: Clock, work: () => Promise<T>): Promise<T> {
  return past.run(clock, work)
}

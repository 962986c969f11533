/** Part of the ceiling that following one queue may take on, and seconds' worth of all of it at once. */
const share = 1 / 2
const burst = 1

/**
 * Whether more jobs of a queue change than are to be read one by one: then reading them would take from its
 * workers, who share Redis with us, or fall behind for ever. Pure; times in milliseconds.
 */
export class Rush {
  #amount = 0
  #at = 0

  /** So many more jobs are to be read; `ceiling` as commands a second. @returns whether those are too many. */
  add(jobs: number, ceiling: number, now: number): boolean {
    const drained = (Math.max(0, now - this.#at) / 1000) * ceiling * share
    this.#amount = Math.max(0, this.#amount - drained) + jobs
    this.#at = now
    return this.#amount > ceiling * burst
  }

  /** Whether so many events a second are few enough to be followed again: no job is told of more often. */
  static isOver(eventsPerSecond: number, ceiling: number): boolean {
    return eventsPerSecond <= ceiling * share
  }
}

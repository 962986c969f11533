/** Writes under way at once: one is written while the next is read. */
const widest = 2

/**
 * Writes in the order they were begun, a few under way at once. What is read later is written later, so that
 * an older state of a job never replaces a newer one. The first failure ends it.
 */
export class WriteLane {
  readonly #under = new Set<Promise<void>>()
  #failure: { error: unknown } | null = null

  /** Resolves when all that is under way now is written, or has failed. */
  async settled(): Promise<void> {
    await Promise.all(this.#under)
  }

  /** Begins a write, once there is room. @throws what an earlier one failed with. */
  async add(write: () => Promise<unknown>): Promise<void> {
    await this.#room()
    this.#begin(write())
  }

  /**
   * A write that says what was written before it: begun once all of that is, and not at all when any of it failed,
   * else what was lost would never be read again. It has to know what it says beforehand.
   */
  async mark(write: () => Promise<unknown>): Promise<void> {
    await this.#room()
    const before = this.settled()
    this.#begin(before.then(() => (this.#failure === null ? write() : undefined)))
  }

  /** Resolves when all is written. @throws what one failed with. */
  async flush(): Promise<void> {
    await Promise.all(this.#under)
    this.#throw()
  }

  async #room(): Promise<void> {
    this.#throw()
    while (this.#under.size >= widest) await Promise.race(this.#under)
    this.#throw()
  }

  #begin(written: Promise<unknown>): void {
    const done = this.#settle(written).finally(() => this.#under.delete(done))
    this.#under.add(done)
  }

  async #settle(written: Promise<unknown>): Promise<void> {
    try {
      await written
    } catch (error) {
      this.#failure ??= { error }
    }
  }

  #throw(): void {
    if (this.#failure !== null) throw this.#failure.error
  }
}

/** Milliseconds until a stray is looked for again, each time later; then it is taken for one that stays. */
const again = [1000, 3000, 30_000]
/** More are not remembered. */
const most = 10_000

/**
 * Jobs that were found in no state. Most were only on their way from one to another while they were looked for;
 * without an event to tell of it they have to be looked for again.
 */
export class Strays {
  readonly #known = new Map<string, { queue: string; id: string; dueAt: number; tries: number }>()

  note(queue: string, ids: readonly string[], now: number): void {
    for (const id of ids) {
      const key = `${queue}\n${id}`
      const tries = this.#known.get(key)?.tries ?? 0
      const wait = again[tries]
      if (wait === undefined) this.#known.delete(key)
      else if (this.#known.size < most || tries > 0) {
        this.#known.set(key, { queue, id, dueAt: now + wait, tries: tries + 1 })
      }
    }
  }

  /** It is somewhere, or no more. */
  found(queue: string, ids: readonly string[]): void {
    if (this.#known.size === 0) return
    for (const id of ids) this.#known.delete(`${queue}\n${id}`)
  }

  /** Of one queue, those to look for now; null where there are none. */
  due(now: number, limit: number): { queue: string; ids: string[] } | null {
    let queue: string | null = null
    const ids: string[] = []
    for (const stray of this.#known.values()) {
      if (stray.dueAt > now || (queue !== null && stray.queue !== queue)) continue
      queue = stray.queue
      ids.push(stray.id)
      if (ids.length === limit) break
    }
    return queue === null ? null : { queue, ids }
  }
}

/** Counts per id. Ids are small and dense, so that a million of them take a few megabytes. */
export class Tally {
  #counts = new Uint32Array(256)

  /** Nothing is counted for no value. */
  add(id: number | null, count: number): void {
    if (id === null) return
    if (id >= this.#counts.length) {
      const longer = new Uint32Array(Math.max(id + 1, this.#counts.length * 2))
      longer.set(this.#counts)
      this.#counts = longer
    }
    this.#counts[id] = (this.#counts[id] ?? 0) + count
  }

  /** Takes out what was counted for an id. */
  take(id: number): number {
    const count = this.#counts[id] ?? 0
    if (count > 0) this.#counts[id] = 0
    return count
  }

  /** Different ids. */
  get distinct(): number {
    return this.#counts.reduce((sum, count) => sum + (count > 0 ? 1 : 0), 0)
  }

  /** The most frequent ids with their counts; of equal ones the first. */
  most(limit: number): [id: number, count: number][] {
    const best: [number, number][] = []
    this.#counts.forEach((count, id) => {
      const least = best.at(-1)?.[1] ?? 0
      if (count === 0 || (best.length === limit && count <= least)) return
      let place = best.length
      while (place > 0 && (best[place - 1]?.[1] ?? 0) < count) place -= 1
      best.splice(place, 0, [id, count])
      if (best.length > limit) best.pop()
    })
    return best
  }
}

const span = 10_000
const slot = 250
const slots = span / slot

/** What went over the wire in the last ten seconds. Times in milliseconds of a clock that never goes back. */
export class Traffic {
  readonly #slots = new Map<number, { commands: number; bytes: number }>()

  add(commands: number, bytes: number, now: number): void {
    const at = Math.floor(now / slot)
    const current = this.#slots.get(at) ?? { commands: 0, bytes: 0 }
    this.#slots.set(at, {
      commands: current.commands + commands,
      bytes: current.bytes + bytes,
    })
    if (this.#slots.size > slots) this.#drop(at)
  }

  /** Means over the last ten seconds. */
  perSecond(now: number): { commands: number; bytes: number } {
    this.#drop(Math.floor(now / slot))
    let [commands, bytes] = [0, 0]
    for (const sums of this.#slots.values()) {
      commands += sums.commands
      bytes += sums.bytes
    }
    return { commands: (commands * 1000) / span, bytes: (bytes * 1000) / span }
  }

  #drop(newest: number): void {
    for (const at of this.#slots.keys()) if (at <= newest - slots) this.#slots.delete(at)
  }
}

/** A row on screen: what names it, and where it stands. */
interface Placed {
  id: string
  index: number
}

/**
 * Which element shows which row. A row keeps its element for as long as it is on screen, with the focus it may
 * have; an element whose row left is given to one that came, which costs a browser much less than a new one.
 */
export class RowSlots {
  private held = new Map<string, { slot: number; index: number }>()
  private free: number[] = []
  private made = 0

  /** The slots of these rows, in their order. */
  assign(rows: readonly Placed[]): number[] {
    const next = new Map<string, { slot: number; index: number }>()
    for (const { id, index } of rows) {
      const before = this.held.get(id)
      if (before !== undefined) next.set(id, { slot: before.slot, index })
    }
    const left = new Map<number, number>()
    for (const [id, { slot, index }] of this.held) if (!next.has(id)) left.set(index, slot)
    // First a row that was on its way to the same place: it only gets its texts.
    for (const { id, index } of rows) {
      const slot = left.get(index)
      if (next.has(id) || slot === undefined) continue
      left.delete(index)
      next.set(id, { slot, index })
    }
    // In the order of the elements, so that few have to be moved.
    this.free = [...this.free, ...left.values()].toSorted((one, other) => one - other)
    for (const { id, index } of rows) {
      if (!next.has(id)) next.set(id, { slot: this.free.shift() ?? this.made++, index })
    }
    this.held = next
    return rows.map(({ id }) => next.get(id)?.slot ?? -1)
  }
}

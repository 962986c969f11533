import type { Grouping } from '../mirror/ports.ts'
import type { FailureNote, FailureNoteStore } from './ports.ts'

/** The notes of one environment as they stand, with what follows from them. */
export class NoteBook {
  readonly #notes: ReadonlyMap<string, FailureNote>

  constructor(store: FailureNoteStore, environment: string) {
    this.#notes = new Map(store.all(environment).map((note) => [note.id, note]))
  }

  of(group: string): FailureNote | null {
    return this.#notes.get(group) ?? null
  }

  /** The group that this one counts as: itself, unless it was merged into another. */
  rootOf(group: string): string {
    const seen = new Set<string>()
    let root = group
    // A circle cannot be made, but could stand in a file.
    for (
      let next = this.of(root)?.mergedInto;
      typeof next === 'string' && !seen.has(next);
      next = this.of(root)?.mergedInto
    ) {
      seen.add(root)
      root = next
    }
    return root
  }

  /** Groups that count as this one, without itself. */
  membersOf(root: string): string[] {
    const ids = [...this.#notes.keys()].sort()
    return ids.filter((id) => id !== root && this.rootOf(id) === root)
  }

  /** For searches: the groups that each one stands for. */
  merged(): Record<string, string[]> {
    const merged = new Map<string, string[]>()
    for (const { id, mergedInto } of this.#notes.values()) {
      if (mergedInto === null) continue
      const root = this.rootOf(id)
      if (root !== id) merged.set(root, [...(merged.get(root) ?? []), id])
    }
    return Object.fromEntries(merged)
  }
}

/** How the mirror is to tell groups apart. */
export function groupingOf(notes: readonly FailureNote[]): Grouping {
  return { split: notes.filter(({ split }) => split).map(({ id }) => id) }
}

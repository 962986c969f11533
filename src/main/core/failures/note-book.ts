import type { Grouping, NotedStatus } from '../mirror/ports.ts'
import type { FailureNote, FailureNoteStore } from './ports.ts'

/** The notes of one environment as they stand, with what follows from them. */
export class NoteBook {
  readonly #notes: ReadonlyMap<string, FailureNote>
  #byRoot: ReadonlyMap<string, string[]> | null = null

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
    return this.#members().get(root) ?? []
  }

  /** Groups that are not open, so far as that was not seen to be over. */
  noted(): Record<string, NotedStatus> {
    const closed = [...this.#notes.values()].filter(({ status }) => status !== 'open')
    return Object.fromEntries(
      closed.map(({ id, status, resolvedAt }) => [id, { status, resolvedAt }]),
    )
  }

  /** For searches: the groups that each one stands for. */
  merged(): Record<string, string[]> {
    return Object.fromEntries(this.#members())
  }

  /** Found once: it is asked for each of many groups. */
  #members(): ReadonlyMap<string, string[]> {
    if (this.#byRoot !== null) return this.#byRoot
    const byRoot = new Map<string, string[]>()
    for (const { id, mergedInto } of this.#notes.values()) {
      const root = mergedInto === null ? id : this.rootOf(id)
      if (root === id) continue
      const members = byRoot.get(root) ?? []
      byRoot.set(root, members)
      members.push(id)
    }
    for (const members of byRoot.values()) members.sort()
    this.#byRoot = byRoot
    return byRoot
  }
}

/** How the mirror is to tell groups apart. */
export function groupingOf(notes: readonly FailureNote[]): Grouping {
  return { split: notes.filter(({ split }) => split).map(({ id }) => id) }
}

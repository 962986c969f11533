import type { FailureChange } from '../services.ts'
import type { NoteBook } from './note-book.ts'
import type { FailureNote } from './ports.ts'

interface Change {
  by: string
  at: number
}

const blank = (id: string): Omit<FailureNote, 'changedBy' | 'changedAt'> => ({
  id,
  name: null,
  status: 'open',
  resolvedAt: null,
  note: null,
  runbook: null,
  mergedInto: null,
  split: false,
})

/** The note after a change; what the change does not speak of stays. */
export function changedNote(
  before: FailureNote | null,
  id: string,
  { name, status, note, runbook, split }: FailureChange,
  { by, at }: Change,
): FailureNote {
  const base = before ?? blank(id)
  return {
    ...base,
    name: textOf(name, base.name),
    note: textOf(note, base.note),
    runbook: textOf(runbook, base.runbook),
    status: status ?? base.status,
    // Resolved once more counts from now on, also where it has come back meanwhile.
    resolvedAt: status === undefined ? base.resolvedAt : status === 'resolved' ? at : null,
    split: split ?? base.split,
    changedBy: by,
    changedAt: at,
  }
}

/** These groups, and what was merged into them, count as `root`. */
export function mergedNotes(
  notes: NoteBook,
  root: string,
  groups: readonly string[],
  change: Change,
): FailureNote[] {
  const joined = new Set(
    groups.flatMap((group) => {
      const other = notes.rootOf(group)
      return other === root ? [] : [other, ...notes.membersOf(other)]
    }),
  )
  const into = [...joined].map((id) => withMerge(notes, id, root, change))
  return into.length === 0 ? [] : [...into, withMerge(notes, root, null, change)]
}

/** Those of these groups that count as `root` stand alone again. */
export function unmergedNotes(
  notes: NoteBook,
  root: string,
  groups: readonly string[],
  change: Change,
): FailureNote[] {
  const members = new Set(notes.membersOf(root))
  const out = [...new Set(groups)].filter((group) => members.has(group))
  if (out.length === 0) return []
  // What had been merged into one of them by way of an older merge stays where it was.
  return [
    ...out.map((id) => withMerge(notes, id, null, change)),
    withMerge(notes, root, null, change),
  ]
}

function withMerge(
  notes: NoteBook,
  id: string,
  mergedInto: string | null,
  { by, at }: Change,
): FailureNote {
  return { ...(notes.of(id) ?? blank(id)), mergedInto, changedBy: by, changedAt: at }
}

/** Blank text is none. */
function textOf(given: string | null | undefined, before: string | null): string | null {
  if (given === undefined) return before
  const text = given?.trim() ?? ''
  return text === '' ? null : text
}

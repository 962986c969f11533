import type { View } from '#shared/contract/views.ts'

/** Saved views, in the order they were made. */
export interface ViewStore {
  list(): View[]
  /** Replaces the one of the same id, else adds it at the end; nothing changes where the name is taken. */
  save(view: View): 'saved' | 'name-taken'
  /** False when there was none. */
  remove(id: string): boolean
}

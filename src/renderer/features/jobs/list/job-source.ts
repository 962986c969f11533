import type { ListedJob } from './loaded-rows.ts'

/** Rows of a list that may be very long, wherever they are read from. */
export interface JobSource {
  /** The row at a place of the list; null while it is not there. The same object until it changes. */
  rowAt: (index: number) => ListedJob | null
  /** Place of a row, by its key, among those read; -1 when it is not there. */
  indexOf: (key: string) => number
  /** Says whether the reader is at the top; coming back there lets in what was kept out. */
  setAtTop: (atTop: boolean) => void
  /** Marks a job that an action just took out of the list. */
  markGone: (key: string) => void
  /** Reads again what failed. */
  start: () => void
}

/** What of a list is on screen besides its rows. */
export interface SourceView {
  /** Rows the scrollbar stands for. */
  count: number
  /** Jobs there are. */
  total: number
  /** New jobs that are kept out until the reader comes back to the top. */
  pending: number
  /** More than `pending`. */
  pendingMore: boolean
  loaded: boolean
  loading: boolean
  longestId: number
  error: unknown
}

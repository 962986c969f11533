import type { LogPage } from '#shared/contract/jobs.ts'

/** Log lines without a hole: those from `first` on, which is counted from 0 at the oldest. */
export interface LogLines {
  first: number
  lines: readonly string[]
  /** Lines there are in Redis, as last heard. */
  total: number
}

export const noLines: LogLines = { first: 0, lines: [], total: 0 }

/**
 * Adds a page at either end. One that does not touch what is known would leave a hole: it replaces
 * it when it is newer, and is dropped when it is older. Fewer lines in total than known means that
 * the log was trimmed or cleared: then the page is all that is certain.
 */
export function addPage(known: LogLines, page: LogPage): LogLines {
  const end = known.first + known.lines.length
  const pageEnd = page.start + page.lines.length
  const all = { first: page.start, lines: page.lines, total: page.total }
  if (known.lines.length === 0 || page.total < end) {
    return all
  }
  if (page.lines.length === 0) {
    return { ...known, total: page.total }
  }
  if (page.start > end) {
    return all
  }
  if (pageEnd < known.first) {
    return known
  }
  const before = page.lines.slice(0, Math.max(0, known.first - page.start))
  const after = page.lines.slice(Math.max(0, end - page.start))
  return {
    first: Math.min(known.first, page.start),
    lines: [...before, ...known.lines, ...after],
    total: page.total,
  }
}

import { type ExportColumn, exportColumns } from '#shared/contract/job-search.ts'
import type { ColumnName } from '../list/columns.ts'

/** The columns of a file for those on screen; what only ticks on screen is in none. */
export function exportColumnsOf(names: readonly ColumnName[]): ExportColumn[] {
  const wanted = names.map((name) => (name === 'when' ? 'at' : name))
  return wanted.flatMap((name) => exportColumns.find((column) => column === name) ?? [])
}

import { type ColumnDef, type SortingState, useTable } from '@tanstack/react-table'
import { useMemo } from 'react'
import type { Column, Sort } from './column.ts'
import { compareValues, type Features, features } from './table-model.ts'

interface RowsOptions<Row extends object> {
  columns: readonly Column<Row>[]
  rows: readonly Row[]
  rowKey: (row: Row) => string
  sort: Sort | null
  /** Of the table, in pixels; decides which columns are left out. */
  width: number
}

/** Rows in order and the columns there is room for, by TanStack Table. */
export function useRows<Row extends object>({
  columns,
  rows,
  rowKey,
  sort,
  width,
}: RowsOptions<Row>) {
  const definitions = useMemo(
    () =>
      columns.map((column): ColumnDef<Features, Row> => ({
        id: column.id,
        header: column.header,
        accessorFn: (row) => column.sortValue?.(row) ?? undefined,
        enableSorting: column.sortValue !== undefined,
        sortUndefined: 'last',
        sortFn: compareValues as never,
      })),
    [columns],
  )
  const sorting = useMemo<SortingState>(
    () => (sort === null ? [] : [{ id: sort.column, desc: sort.descending }]),
    [sort],
  )
  const columnVisibility = useMemo(
    () =>
      Object.fromEntries(
        columns.map(({ id, hideBelow }) => [
          id,
          width === 0 || hideBelow === undefined || width >= hideBelow,
        ]),
      ),
    [columns, width],
  )
  const table = useTable<Features, Row>({
    features,
    columns: definitions,
    data: rows,
    getRowId: rowKey,
    state: { sorting, columnVisibility },
    enableMultiSort: false,
  })
  const visible = new Set(table.getVisibleLeafColumns().map((column) => column.id))
  return {
    rows: table.getRowModel().rows,
    columns: columns.filter((column) => visible.has(column.id)),
  }
}

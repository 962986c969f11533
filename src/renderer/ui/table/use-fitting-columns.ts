import { useMemo } from 'react'
import type { Column } from './column.ts'

/** The columns there is room for in a table of `width` pixels; all while it is not measured. */
export function useFittingColumns<Row>(
  columns: readonly Column<Row>[],
  width: number,
): readonly Column<Row>[] {
  return useMemo(
    () =>
      columns.filter(
        ({ hideBelow }) => width === 0 || hideBelow === undefined || width >= hideBelow,
      ),
    [columns, width],
  )
}

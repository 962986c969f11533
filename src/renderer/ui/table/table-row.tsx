import type { Column } from './column.ts'
import classes from './virtual-table.module.css'

interface TableRowProps<Row> {
  row: Row
  columns: readonly Column<Row>[]
  /** Place in the list, from 0. */
  index: number
  /** Distance from the top of the list in pixels. */
  start: number
  /** The one row that Tab reaches. */
  focusable: boolean
  selected: boolean
  /** Pressing the row does something. */
  opens: boolean
  onFocus: () => void
  onOpen: () => void
}

export function TableRow<Row>(props: TableRowProps<Row>) {
  const { row, columns, index, start, focusable, selected } = props
  return (
    // The grid handles the keys of all its rows.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
    <div
      role="row"
      className={classes.row}
      aria-rowindex={index + 2}
      aria-selected={selected}
      data-opens={props.opens || undefined}
      tabIndex={focusable ? 0 : -1}
      style={{ transform: `translateY(${start}px)` }}
      onFocus={props.onFocus}
      onClick={props.onOpen}
    >
      {columns.map((column) => (
        <div
          key={column.id}
          role="gridcell"
          className={classes.cell}
          data-align={column.align ?? 'start'}
        >
          {column.cell(row)}
        </div>
      ))}
    </div>
  )
}

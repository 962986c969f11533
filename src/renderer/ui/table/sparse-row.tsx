import { memo } from 'react'
import type { Column } from './column.ts'
import classes from './virtual-table.module.css'

interface CellsProps<Row> {
  /** Null while it is not loaded. */
  row: Row | null
  columns: readonly Column<Row>[]
  /** Widths of its bars while it is not: one of `shapes`. */
  shape: number
}

interface SparseRowProps<Row> extends Omit<CellsProps<Row>, 'shape'> {
  index: number
  start: number
  focusable: boolean
  selected: boolean
  dimmed: boolean
  onFocus: (index: number) => void
  onOpen: (index: number) => void
}

/** Of bars; few, so that a placeholder that becomes another often stays as it is. */
const shapes = 4

function PlainSparseRow<Row>(props: SparseRowProps<Row>) {
  const { row, columns, index, start, onFocus, onOpen } = props
  return (
    // The grid handles the keys of all its rows.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
    <div
      role="row"
      className={classes.row}
      aria-rowindex={index + 2}
      aria-selected={props.selected}
      aria-busy={row === null || undefined}
      data-opens
      data-index={index}
      data-dimmed={props.dimmed || undefined}
      tabIndex={props.focusable ? 0 : -1}
      style={{ transform: `translateY(${start}px)` }}
      onFocus={() => onFocus(index)}
      onClick={() => onOpen(index)}
    >
      <Cells row={row} columns={columns} shape={index % shapes} />
    </div>
  )
}

function PlainCells<Row>({ row, columns, shape }: CellsProps<Row>) {
  return (
    <>
      {columns.map((column, place) => (
        <div
          key={column.id}
          role="gridcell"
          className={classes.cell}
          data-align={column.align ?? 'start'}
        >
          {row === null ? (
            <span
              className={classes.absent}
              style={{ width: `${45 + ((shape * 7 + place * 13) % 40)}%` }}
            />
          ) : (
            column.cell(row)
          )}
        </div>
      ))}
    </>
  )
}

/** In a list too long to lay out, scrolling moves every row: their cells stay as they are. */
const Cells = memo(PlainCells) as typeof PlainCells

/** Renders again only when its row changes: scrolling moves rows without touching their cells. */
export const SparseRow = memo(PlainSparseRow) as typeof PlainSparseRow

import type { KeyboardEventHandler, ReactNode, Ref } from 'react'
import type { Column, Sort } from './column.ts'
import { TableHeader } from './table-header.tsx'
import classes from './virtual-table.module.css'

interface GridFrameProps<Row> {
  /** Of the element that scrolls. */
  ref: Ref<HTMLDivElement>
  label: string
  columns: readonly Column<Row>[]
  /** Rows there are, without the header. */
  count: number
  busy?: boolean
  sort?: Sort | null
  onSortChange?: ((sort: Sort) => void) | undefined
  /** Of all rows together, in pixels. */
  height: number
  footer: ReactNode
  /** Lies over the rows and stays there while they scroll. */
  over?: ReactNode
  onKeyDown: KeyboardEventHandler
  /** The rows in view. */
  children: ReactNode
}

/** What every virtual table is made of: a grid that scrolls under its header. */
export function GridFrame<Row>({
  ref,
  label,
  columns,
  count,
  busy = false,
  sort = null,
  onSortChange,
  height,
  footer,
  over,
  onKeyDown,
  children,
}: GridFrameProps<Row>) {
  const template = columns
    .map(({ width, grow }) => (grow === undefined ? `${width}px` : `minmax(${width}px, ${grow}fr)`))
    .join(' ')
  return (
    <div className={classes.frame}>
      <div
        ref={ref}
        className={classes.scroller}
        role="grid"
        tabIndex={-1}
        aria-label={label}
        aria-rowcount={count + 1}
        aria-colcount={columns.length}
        aria-busy={busy}
        style={{ '--columns': template } as React.CSSProperties}
        onKeyDown={onKeyDown}
      >
        <TableHeader columns={columns} sort={sort} onSortChange={onSortChange} />
        <div role="rowgroup" className={classes.body} style={{ height: height }}>
          {children}
        </div>
        {footer === undefined ? null : <div className={classes.footer}>{footer}</div>}
      </div>
      {over}
    </div>
  )
}

import type { ComponentType, ReactNode } from 'react'

/** A column of a `VirtualTable`. */
export interface Column<Row> {
  /** Stable; names the column in a sort. */
  id: string
  header: string
  /** Before the header's word. */
  icon?: ComponentType<{
    size?: number | string
    stroke?: number | string
    'aria-hidden'?: boolean
  }>
  /** Explains the header on hover. */
  hint?: string
  /** Pixels; with `grow`, the least. */
  width: number
  /** Share of the space that is left; none by default. */
  grow?: number
  /** `end` for numbers. */
  align?: 'start' | 'end'
  /** Leave the column out while the table is narrower than this many pixels. */
  hideBelow?: number
  cell: (row: Row) => ReactNode
  /** Makes the header sortable; null sorts last, whichever the direction. */
  sortValue?: (row: Row) => string | number | null
  /** Makes the header sortable where the order is made elsewhere. */
  sortable?: boolean
  /** First direction when the header is pressed; ascending by default. */
  sortFirst?: 'ascending' | 'descending'
}

export interface Sort {
  column: string
  descending: boolean
}

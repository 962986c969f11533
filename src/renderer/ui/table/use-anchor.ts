import { type RefObject, useLayoutEffect, useRef } from 'react'
import { rowHeight } from './row-height.ts'

interface AnchorOptions {
  scroller: RefObject<HTMLDivElement | null>
  rows: readonly { id: string }[]
  /** Index of the first row in view. */
  first: number
  enabled: boolean
}

/** Keeps the row one reads in its place when rows come or go above it; at the top, new rows show. */
export function useAnchor({ scroller, rows, first, enabled }: AnchorOptions): void {
  const anchor = useRef<{ key: string; index: number } | null>(null)
  useLayoutEffect(() => {
    const element = scroller.current
    const before = anchor.current
    if (!enabled || element === null || before === null || element.scrollTop < rowHeight) return
    if (rows[before.index]?.id === before.key) return
    const index = rows.findIndex((row) => row.id === before.key)
    if (index !== -1) element.scrollBy({ top: (index - before.index) * rowHeight })
  }, [rows, enabled, scroller])
  useLayoutEffect(() => {
    const row = rows[first]
    anchor.current = row === undefined ? null : { key: row.id, index: first }
  })
}

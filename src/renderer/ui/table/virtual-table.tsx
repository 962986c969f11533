import { useElementSize } from '@mantine/hooks'
import { defaultRangeExtractor, type Range, useVirtualizer } from '@tanstack/react-virtual'
import { type ReactNode, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { scrollOf, useRememberScroll } from '../../lib/scroll-memory.ts'
import type { Column, Sort } from './column.ts'
import { GridFrame } from './grid-frame.tsx'
import { rowHeight } from './row-height.ts'
import { TableRow } from './table-row.tsx'
import { useAnchor } from './use-anchor.ts'
import { useListCommands } from './use-list-commands.ts'
import { useRowKeys } from './use-row-keys.ts'
import { useRows } from './use-rows.ts'

export interface VirtualTableProps<Row extends object> {
  /** What the table lists, for assistive technology. */
  label: string
  /** Keep its identity between renders (`useMemo`). */
  columns: readonly Column<Row>[]
  rows: readonly Row[]
  rowKey: (row: Row) => string
  /** All rows there are, loaded or not; `rows.length` by default. */
  total?: number
  /** The row whose detail is open. Moving with the keys then opens the next one. */
  selected?: string | null
  onOpen?: (row: Row) => void
  sort?: Sort | null
  onSortChange?: (sort: Sort) => void
  /** Called when the last loaded row comes near. */
  onEndReached?: () => void
  loadingMore?: boolean
  /** Rows that come at the top push the others down only while the list is scrolled to its top. */
  anchored?: boolean
  /** Keys of the rows now on screen, whenever they change: for what is live only where it is seen. */
  onVisibleChange?: (keys: string[]) => void
  /** Names the list among all there are: coming back to it finds it scrolled as it was. */
  remembered?: string
  /** Shown under the last row. */
  footer?: ReactNode
}

/**
 * A list of any length in constant time: only the rows in view are in the document. Rows have a
 * roving focus; arrows, j and k move, Enter opens, and j and k work from anywhere on the page.
 */
export function VirtualTable<Row extends object>(props: VirtualTableProps<Row>) {
  const { label, selected = null, sort = null, total, onOpen, onEndReached, remembered } = props
  const scroller = useRef<HTMLDivElement | null>(null)
  const { ref: sizeRef, width, height } = useElementSize<HTMLDivElement>()
  const setScroller = useCallback(
    (element: HTMLDivElement | null) => {
      scroller.current = element
      sizeRef(element)
    },
    [sizeRef],
  )
  const { rows, columns } = useRows({ ...props, sort, width })
  const [activeKey, setActiveKey] = useState<string | null>(selected)
  const activeIndex = rows.findIndex((row) => row.id === (activeKey ?? selected))
  const focusable = activeIndex === -1 ? 0 : activeIndex
  const takeFocus = useRef(false)

  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    getItemKey: (index) => rows[index]?.id ?? index,
    overscan: 8,
    initialOffset: scrollOf(remembered),
    scrollPaddingStart: rowHeight,
    rangeExtractor: (range: Range) => {
      const indexes = defaultRangeExtractor(range)
      // The row with the focus stays in the document, or the focus would be lost by scrolling.
      if (focusable >= rows.length || indexes.includes(focusable)) return indexes
      return [...indexes, focusable].sort((left, right) => left - right)
    },
  })
  useLayoutEffect(() => {
    scroller.current?.scrollTo({ top: scrollOf(remembered) })
  }, [remembered])
  useRememberScroll(scroller, remembered)
  const items = virtualizer.getVirtualItems()
  useAnchor({
    scroller,
    rows,
    enabled: props.anchored ?? false,
    first: virtualizer.range?.startIndex ?? 0,
  })

  const move = (index: number) => {
    const row = rows[index]
    if (row === undefined) return
    takeFocus.current = true
    setActiveKey(row.id)
    virtualizer.scrollToIndex(index)
    if (selected !== null && row.id !== selected) onOpen?.(row.original)
  }
  const open = (index: number) => {
    const row = rows[index]
    if (row !== undefined) onOpen?.(row.original)
  }

  useEffect(() => {
    if (selected !== null) setActiveKey(selected)
  }, [selected])

  useEffect(() => {
    if (!takeFocus.current) return
    const element = scroller.current?.querySelector<HTMLElement>('[role="row"][tabindex="0"]')
    if (element === null || element === undefined) return
    takeFocus.current = false
    element.focus({ preventScroll: true })
  })

  const visibleRange = virtualizer.range
  const visibleKeys = rows
    .slice(visibleRange?.startIndex ?? 0, (visibleRange?.endIndex ?? -1) + 1)
    .map((row) => row.id)
  const visible = visibleKeys.join('\n')
  const { onVisibleChange } = props
  const report = useRef(onVisibleChange)
  report.current = onVisibleChange
  useEffect(() => {
    report.current?.(visible === '' ? [] : visible.split('\n'))
  }, [visible])

  const lastIndex = items.at(-1)?.index ?? -1
  const nearEnd = rows.length > 0 && lastIndex >= rows.length - 10
  useEffect(() => {
    if (nearEnd) onEndReached?.()
  }, [nearEnd, onEndReached, rows.length])

  useListCommands({
    next: () => move(activeIndex + 1),
    previous: () => move(Math.max(0, activeIndex - 1)),
    open: () => open(activeIndex),
  })
  const onKeyDown = useRowKeys({
    count: rows.length,
    active: activeIndex,
    pageSize: Math.max(1, Math.floor(height / rowHeight) - 2),
    move,
    open,
  })

  return (
    <GridFrame
      ref={setScroller}
      label={label}
      columns={columns}
      count={total ?? rows.length}
      busy={props.loadingMore ?? false}
      sort={sort}
      onSortChange={props.onSortChange}
      height={virtualizer.getTotalSize()}
      footer={props.footer}
      onKeyDown={onKeyDown}
    >
      {items.map((item) => {
        const row = rows[item.index]
        return row === undefined ? null : (
          <TableRow
            key={row.id}
            row={row.original}
            columns={columns}
            index={item.index}
            start={item.start}
            focusable={item.index === focusable}
            selected={row.id === selected}
            opens={onOpen !== undefined}
            onFocus={() => setActiveKey(row.id)}
            onOpen={() => onOpen?.(row.original)}
          />
        )
      })}
    </GridFrame>
  )
}

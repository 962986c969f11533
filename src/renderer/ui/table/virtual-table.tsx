import { useElementSize } from '@mantine/hooks'
import { defaultRangeExtractor, type Range, useVirtualizer } from '@tanstack/react-virtual'
import { type ReactNode, useCallback, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCommands } from '../../lib/commands/index.ts'
import type { Column, Sort } from './column.ts'
import { TableHeader } from './table-header.tsx'
import { rowHeight } from './row-height.ts'
import { TableRow } from './table-row.tsx'
import { useAnchor } from './use-anchor.ts'
import { useRowKeys } from './use-row-keys.ts'
import { useRows } from './use-rows.ts'
import classes from './virtual-table.module.css'

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
  /** Shown under the last row. */
  footer?: ReactNode
}

/**
 * A list of any length in constant time: only the rows in view are in the document. Rows have a
 * roving focus; arrows, j and k move, Enter opens, and j and k work from anywhere on the page.
 */
export function VirtualTable<Row extends object>(props: VirtualTableProps<Row>) {
  const { label, selected = null, sort = null, total, onOpen, onEndReached } = props
  const { t } = useTranslation('ui')
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
    scrollPaddingStart: rowHeight,
    rangeExtractor: (range: Range) => {
      const indexes = defaultRangeExtractor(range)
      // The row with the focus stays in the document, or the focus would be lost by scrolling.
      if (focusable >= rows.length || indexes.includes(focusable)) return indexes
      return [...indexes, focusable].sort((left, right) => left - right)
    },
  })
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

  useCommands([
    {
      id: 'list.next',
      label: t('list.next'),
      group: 'list',
      shortcut: 'j',
      hidden: true,
      run: () => move(activeIndex + 1),
    },
    {
      id: 'list.previous',
      label: t('list.previous'),
      group: 'list',
      shortcut: 'k',
      hidden: true,
      run: () => move(Math.max(0, activeIndex - 1)),
    },
    {
      id: 'list.open',
      label: t('list.open'),
      group: 'list',
      shortcut: 'Enter',
      passive: true,
      run: () => open(activeIndex),
    },
  ])
  const onKeyDown = useRowKeys({
    count: rows.length,
    active: activeIndex,
    pageSize: Math.max(1, Math.floor(height / rowHeight) - 2),
    move,
    open,
  })

  const template = columns
    .map(({ width: least, grow }) =>
      grow === undefined ? `${least}px` : `minmax(${least}px, ${grow}fr)`,
    )
    .join(' ')

  return (
    <div className={classes.frame}>
      <div
        ref={setScroller}
        className={classes.scroller}
        role="grid"
        tabIndex={-1}
        aria-label={label}
        aria-rowcount={(total ?? rows.length) + 1}
        aria-colcount={columns.length}
        aria-busy={props.loadingMore ?? false}
        style={{ '--columns': template } as React.CSSProperties}
        onKeyDown={onKeyDown}
      >
        <TableHeader columns={columns} sort={sort} onSortChange={props.onSortChange} />
        <div
          role="rowgroup"
          className={classes.body}
          style={{ height: virtualizer.getTotalSize() }}
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
        </div>
        {props.footer === undefined ? null : <div className={classes.footer}>{props.footer}</div>}
      </div>
    </div>
  )
}

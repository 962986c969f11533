import {
  type ReactNode,
  type Ref,
  useCallback,
  useEffect,
  useImperativeHandle,
  useRef,
  useState,
} from 'react'
import type { Column, Sort } from './column.ts'
import { GridFrame } from './grid-frame.tsx'
import { rowHeight } from './row-height.ts'
import { RowSlots } from './row-slots.ts'
import { nearView } from './long-scroll.ts'
import { ScrollPlace } from './scroll-place.tsx'
import { SparseRow } from './sparse-row.tsx'
import { useFittingColumns } from './use-fitting-columns.ts'
import { useLongScroll } from './use-long-scroll.ts'
import { useListCommands } from './use-list-commands.ts'
import { useRowKeys } from './use-row-keys.ts'
import classes from './virtual-table.module.css'

export interface SparseTableHandle {
  scrollToTop: () => void
  /** Puts the focus on a row, scrolling to it. */
  focusRow: (index: number) => void
}

interface SparseTableProps<Row extends object> {
  label: string
  /** Keep its identity between renders (`useMemo`). */
  columns: readonly Column<Row>[]
  /** Rows the scrollbar stands for; most of them need not be loaded. */
  count: number
  /** Null while the row is not loaded. The same object until the row changes. */
  rowAt: (index: number) => Row | null
  keyOf: (row: Row) => string
  /** Place of a row among those loaded; -1 when it is not there. */
  indexOf: (key: string) => number
  isDimmed?: (row: Row) => boolean
  selected: string | null
  onOpen: (row: Row) => void
  /** The row that keys act on; null when it is not loaded. */
  onActiveChange?: (row: Row | null) => void
  /** Which rows are on screen, end exclusive; called when that changes. */
  onRangeChange: (start: number, end: number) => void
  onAtTopChange: (atTop: boolean) => void
  /** How the list is ordered, which is made elsewhere. */
  sort?: Sort | null
  onSortChange?: (sort: Sort) => void
  /** Names the list among all there are: coming back to it finds it scrolled as it was. */
  remembered?: string
  footer?: ReactNode
  ref?: Ref<SparseTableHandle>
}

const headerHeight = 32
/** Rows after which places are counted from anew: no row in view is ever millions of pixels away. */
const rebased = 1_000
/** Views of rows from which on a list is long: its place shows while it is scrolled. */
const longList = 20

/**
 * A list of which only a part is loaded, as `VirtualTable` is for one that is loaded whole: the
 * scrollbar stands for all rows, those that are still on their way show as bars. Any number of rows.
 * Rows lie in a layer that stays in view and is moved by each frame of the page: a browser that scrolls
 * on while the page is still rendering shows the rows of before, never a white gap.
 */
export function SparseTable<Row extends object>({ ref, ...props }: SparseTableProps<Row>) {
  const { columns: all, count, rowAt, keyOf, indexOf, selected, onOpen } = props
  const scroll = useLongScroll(count, headerHeight, props.remembered)
  const { setElement, element, width, height, viewport, first, last, atTop, scrollTo } = scroll
  const columns = useFittingColumns(all, width)
  const [focused, setFocused] = useState<{ key: string | null; index: number }>({
    key: selected,
    index: 0,
  })
  const place = focused.key === null ? focused.index : indexOf(focused.key)
  // A row that left hands its place to the one that moved up into it.
  const active = Math.min(count - 1, place === -1 ? focused.index : place)
  const takeFocus = useRef(false)
  const [opened, setOpened] = useState(selected)
  if (opened !== selected) {
    setOpened(selected)
    if (selected !== null) setFocused({ key: selected, index: active })
  } else if (place !== -1 && place !== focused.index) {
    setFocused({ key: focused.key, index: place })
  }

  const focusOn = (index: number) => {
    const row = rowAt(index)
    setFocused({ key: row === null ? null : keyOf(row), index })
    props.onActiveChange?.(row)
  }
  const move = (index: number) => {
    if (index < 0 || index >= count) return
    takeFocus.current = true
    focusOn(index)
    scrollTo(index)
    const row = rowAt(index)
    if (row !== null && selected !== null && keyOf(row) !== selected) onOpen(row)
  }
  const open = (index: number) => {
    const row = rowAt(index)
    if (row !== null) onOpen(row)
  }
  const latest = useRef({ focusOn, open })
  useEffect(() => {
    latest.current = { focusOn, open }
  })
  const handleFocus = useCallback((index: number) => latest.current.focusOn(index), [])
  const handleOpen = useCallback((index: number) => latest.current.open(index), [])

  useImperativeHandle(ref, () => ({
    scrollToTop: () => {
      element?.scrollTo({ top: 0 })
      setFocused({ key: null, index: 0 })
    },
    focusRow: (index) => {
      takeFocus.current = true
      focusOn(index)
      scrollTo(index)
    },
  }))

  useEffect(() => {
    if (!takeFocus.current) return
    const row = element?.querySelector<HTMLElement>(`[data-index="${active}"]`)
    if (row === null || row === undefined) return
    takeFocus.current = false
    row.focus({ preventScroll: true })
  })

  const { onRangeChange, onAtTopChange } = props
  useEffect(() => onRangeChange(first, last + 1), [onRangeChange, first, last])
  useEffect(() => onAtTopChange(atTop), [onAtTopChange, atTop])

  const gone = focused.key !== null && place === -1
  useListCommands({
    next: () => move(gone || (active === 0 && focused.key === null) ? active : active + 1),
    previous: () => move(Math.max(0, active - 1)),
    open: () => open(active),
  })
  const onKeyDown = useRowKeys({
    count,
    active,
    pageSize: Math.max(1, last - first - 1),
    move,
    open,
  })

  // None beyond: rows move with what is rendered, so what lies outside never comes into view by itself.
  const indexes = new Set<number>()
  for (let index = first; index <= last; index += 1) indexes.add(index)
  // The row with the focus stays in the document, or the focus would be lost by scrolling.
  if (active >= 0) indexes.add(active)
  const placed = [...indexes].map((index) => {
    const row = rowAt(index)
    const key = row === null ? null : keyOf(row)
    return { index, row, key, id: key ?? `absent ${index}` }
  })
  const [slots] = useState(() => new RowSlots())
  const given = slots.assign(placed)
  const base = Math.floor(first / rebased) * rebased
  return (
    <GridFrame
      ref={setElement}
      label={props.label}
      columns={columns}
      count={count}
      sort={props.sort ?? null}
      onSortChange={props.onSortChange}
      height={height}
      footer={props.footer}
      onKeyDown={onKeyDown}
      over={
        count > longList * Math.max(1, last - first) ? (
          <ScrollPlace first={first} count={count} share={scroll.share} />
        ) : null
      }
    >
      <div
        role="presentation"
        className={classes.held}
        style={{ height: Math.min(height, viewport) }}
      >
        <div
          role="presentation"
          className={classes.strip}
          style={{ transform: `translateY(${base * rowHeight - scroll.offset}px)` }}
        >
          {placed.map(({ index, row, key }, place) => (
            <SparseRow
              key={given[place]}
              row={row}
              columns={columns}
              index={index}
              start={(nearView(index, scroll) - base) * rowHeight}
              focusable={index === active}
              selected={key !== null && key === selected}
              dimmed={row !== null && (props.isDimmed?.(row) ?? false)}
              onFocus={handleFocus}
              onOpen={handleOpen}
            />
          ))}
        </div>
      </div>
    </GridFrame>
  )
}

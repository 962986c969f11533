import type { KeyboardEvent } from 'react'

interface RowKeysOptions {
  count: number
  /** Index of the row that has the focus; -1 when none has. */
  active: number
  /** How many rows a page is. */
  pageSize: number
  move: (index: number) => void
  open: (index: number) => void
}

/** The row that a key moves to; undefined when the key does not move. */
export function target(
  key: string,
  { active, count, pageSize }: Pick<RowKeysOptions, 'active' | 'count' | 'pageSize'>,
): number | undefined {
  const last = count - 1
  const places: Record<string, number> = {
    ArrowDown: active + 1,
    j: active + 1,
    ArrowUp: active - 1,
    k: active - 1,
    PageDown: active + pageSize,
    PageUp: active - pageSize,
    Home: 0,
    End: last,
  }
  const place = places[key]
  return place === undefined ? undefined : Math.max(0, Math.min(last, place))
}

/** Keys of a list: arrows, j and k, Page Up and Down, Home, End move; Enter opens. */
export function useRowKeys(options: RowKeysOptions) {
  return (event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey || options.count === 0) return
    const { target: element } = event
    if (event.key === 'Enter' && element instanceof HTMLElement && element.role === 'row') {
      event.preventDefault()
      options.open(options.active)
      return
    }
    if (element instanceof HTMLElement && element.closest('input,textarea,select')) return
    const next = target(event.key, options)
    if (next === undefined) return
    event.preventDefault()
    options.move(next)
  }
}

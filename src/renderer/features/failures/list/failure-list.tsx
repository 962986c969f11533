import { UnstyledButton } from '@mantine/core'
import { IconArrowDown } from '@tabler/icons-react'
import { type ReactNode, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useListCommands, useRowKeys } from '../../../ui/table/index.ts'
import type { Compared } from '../compare/compare.ts'
import { OtherHeader } from '../compare/compared-counts.tsx'
import type { Other } from '../compare/use-compared.ts'
import classes from '../failures.module.css'
import type { FailureSort } from '../search.ts'
import { FailureRow } from './failure-row.tsx'

interface FailureListProps {
  rows: readonly Compared[]
  others: readonly Other[]
  sort: FailureSort
  /** Id of the open group. */
  open: string | null
  picked: ReadonlySet<string>
  onSort: (sort: FailureSort) => void
  onOpen: (row: Compared) => void
  onPick: (group: string) => void
  /** Id of the group that keys act on. */
  onActiveChange: (group: string | undefined) => void
  footer: ReactNode
}

const pageSize = 8

/** Groups of failures, two lines each. The rows have a roving focus, as in every list. */
export function FailureList(props: FailureListProps) {
  const { rows, others, open, onOpen, onActiveChange } = props
  const { t } = useTranslation('failures')
  const [focused, setFocused] = useState<{ id: string; index: number } | null>(null)
  const grid = useRef<HTMLDivElement>(null)
  /** The row that is to get the focus once it is drawn so. */
  const takeFocus = useRef<number | null>(null)
  const comparing = others.length > 0
  const placeOf = (id: string | null) => rows.findIndex(({ group }) => group.id === id)
  const place = placeOf(focused?.id ?? open)
  // A row that left hands its place to the one that moved up into it.
  const active = Math.min(rows.length - 1, place === -1 ? (focused?.index ?? -1) : place)
  const activeId = rows[active]?.group.id

  // Before the screen is painted: keys act on the row that can be seen to have the focus.
  useLayoutEffect(() => onActiveChange(activeId), [onActiveChange, activeId])
  useEffect(() => {
    // An effect of an earlier drawing may run after the key was pressed.
    if (takeFocus.current !== active) return
    takeFocus.current = null
    const row = grid.current?.querySelector<HTMLElement>('[role="row"][tabindex="0"]')
    row?.focus({ preventScroll: true })
    row?.scrollIntoView({ block: 'nearest' })
  })

  const focusOn = (index: number) => {
    const row = rows[index]
    if (row !== undefined) setFocused({ id: row.group.id, index })
  }
  const move = (index: number) => {
    const row = rows[index]
    if (row === undefined) return
    takeFocus.current = index
    focusOn(index)
    if (open !== null && row.only === null && row.group.id !== open) onOpen(row)
  }
  const openAt = (index: number) => {
    const row = rows[index]
    if (row !== undefined) onOpen(row)
  }
  useListCommands({
    next: () => move(place === -1 && focused !== null ? active : active + 1),
    previous: () => move(Math.max(0, active - 1)),
    open: () => openAt(active),
  })
  const onKeyDown = useRowKeys({ count: rows.length, active, pageSize, move, open: openAt })

  return (
    <div
      ref={grid}
      role="grid"
      tabIndex={-1}
      className={classes.scroller}
      data-others={comparing ? Math.min(4, others.length) : undefined}
      aria-label={t('list')}
      aria-rowcount={rows.length + 1}
      onKeyDown={onKeyDown}
    >
      <div role="rowgroup" className={classes.head}>
        <div role="row" className={classes.headRow} aria-rowindex={1}>
          <div role="columnheader" data-column="pick">
            <span className={classes.spoken}>{t('column.pick')}</span>
          </div>
          <div role="columnheader" data-column="what">
            {t('column.what')}
          </div>
          <div role="columnheader" data-column="trend">
            {t('column.trend')}
          </div>
          <SortHeader {...props} column="count" />
          {comparing ? (
            others.map((other) => <OtherHeader key={other.environment.id} other={other} />)
          ) : (
            <>
              <div role="columnheader" data-column="now">
                {t('column.now')}
              </div>
              <SortHeader {...props} column="users" />
            </>
          )}
          <SortHeader {...props} column="last" />
          <SortHeader {...props} column="first" />
        </div>
      </div>
      <div role="rowgroup">
        {rows.map((row, index) => (
          <FailureRow
            key={row.group.id}
            row={row}
            place={index + 1}
            comparing={comparing}
            focusable={index === Math.max(0, active)}
            open={row.group.id === open}
            picked={props.picked.has(row.group.id)}
            onFocus={() => focusOn(index)}
            onOpen={() => onOpen(row)}
            onPick={() => props.onPick(row.group.id)}
          />
        ))}
      </div>
      {props.footer}
    </div>
  )
}

interface SortHeaderProps {
  column: FailureSort
  sort: FailureSort
  onSort: (sort: FailureSort) => void
}

function SortHeader({ column, sort, onSort }: SortHeaderProps) {
  const { t } = useTranslation('failures')
  const sorted = sort === column
  return (
    <div role="columnheader" data-column={column} aria-sort={sorted ? 'descending' : undefined}>
      <UnstyledButton className={classes.sort} onClick={() => onSort(column)}>
        {t(`column.${column}`)}
        {sorted ? <IconArrowDown size={12} stroke={2} aria-hidden /> : null}
      </UnstyledButton>
    </div>
  )
}

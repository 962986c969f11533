import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Environment } from '#shared/contract/environments.ts'
import { useListCommands, useRowKeys } from '../../../ui/table/index.ts'
import type { Folder } from '../folders.ts'
import { useOrder } from '../list/use-order.ts'
import { EnvironmentRow } from './environment-row.tsx'
import classes from './overview.module.css'

interface EnvironmentTableProps {
  folders: readonly Folder[]
  selected: string | null
  onOpen: (environment: Environment) => void
}

const columns = ['name', 'state', 'lock', 'redis', 'queues', 'cost', 'actions'] as const

/** All environments by folder. The rows have a roving focus, as in every list. */
export function EnvironmentTable({ folders, selected, onOpen }: EnvironmentTableProps) {
  const { t } = useTranslation('overview')
  const rows = folders.flatMap((folder) => folder.environments)
  const [activeId, setActiveId] = useState<string | null>(selected)
  const active = rows.findIndex(({ id }) => id === (activeId ?? selected))
  const grid = useRef<HTMLDivElement>(null)
  const order = useOrder()
  const takeFocus = useRef(false)

  const move = (index: number) => {
    const row = rows[index]
    if (row === undefined) return
    takeFocus.current = true
    setActiveId(row.id)
    if (selected !== null && row.id !== selected) onOpen(row)
  }
  const open = (index: number) => {
    const row = rows[index]
    if (row !== undefined) onOpen(row)
  }
  useEffect(() => {
    if (!takeFocus.current) return
    takeFocus.current = false
    grid.current?.querySelector<HTMLElement>('[role="row"][tabindex="0"]')?.focus()
  })
  useListCommands({
    next: () => move(active + 1),
    previous: () => move(Math.max(0, active - 1)),
    open: () => open(active),
  })
  const onKeyDown = useRowKeys({ count: rows.length, active, pageSize: 8, move, open })

  return (
    <div
      ref={grid}
      role="grid"
      tabIndex={-1}
      className={classes.scroller}
      aria-label={t('label')}
      onKeyDown={(event) => {
        const by = { ArrowUp: -1, ArrowDown: 1 }[event.key]
        const row = rows[active]
        if (event.altKey && by !== undefined && row !== undefined) {
          event.preventDefault()
          order.move(row.id, by === 1 ? 1 : -1)
        } else {
          onKeyDown(event)
        }
      }}
    >
      <div role="rowgroup" className={classes.head}>
        <div role="row" className={classes.headRow}>
          {columns.map((column) => (
            <div key={column} role="columnheader" data-column={column}>
              {column === 'actions' ? (
                <span className={classes.spoken}>{t('column.actions')}</span>
              ) : (
                t(`column.${column}`)
              )}
            </div>
          ))}
        </div>
      </div>
      {folders.map((folder) => (
        <div key={folder.name ?? ''} role="rowgroup" aria-label={folder.name ?? t('noFolder')}>
          {folder.name === null ? null : (
            <div className={classes.folder} aria-hidden>
              {folder.name}
            </div>
          )}
          {folder.environments.map((environment) => (
            <EnvironmentRow
              key={environment.id}
              environment={environment}
              focusable={rows.indexOf(environment) === Math.max(0, active)}
              selected={environment.id === selected}
              onFocus={() => setActiveId(environment.id)}
              onOpen={() => onOpen(environment)}
            />
          ))}
        </div>
      ))}
    </div>
  )
}

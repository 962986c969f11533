import { UnstyledButton } from '@mantine/core'
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react'
import { memo } from 'react'
import { Hint } from '../hint.tsx'
import type { Column, Sort } from './column.ts'
import classes from './virtual-table.module.css'

interface TableHeaderProps<Row> {
  columns: readonly Column<Row>[]
  sort: Sort | null
  onSortChange: ((sort: Sort) => void) | undefined
}

function PlainTableHeader<Row>({ columns, sort, onSortChange }: TableHeaderProps<Row>) {
  return (
    <div role="rowgroup" className={classes.head}>
      <div role="row" aria-rowindex={1} className={classes.headRow}>
        {columns.map((column) => {
          const current = sort?.column === column.id ? sort : null
          const order = current?.descending ? 'descending' : 'ascending'
          const { icon: Icon } = column
          const label = (
            <span className={classes.headLabel}>
              {Icon === undefined ? null : <Icon size={12} stroke={2} aria-hidden />}
              <span>{column.header}</span>
            </span>
          )
          const sortable =
            (column.sortValue !== undefined || column.sortable === true) &&
            onSortChange !== undefined
          return (
            <div
              key={column.id}
              role="columnheader"
              className={classes.headCell}
              data-align={column.align ?? 'start'}
              aria-sort={current === null ? undefined : order}
            >
              <Hint label={column.hint ?? ''} disabled={column.hint === undefined}>
                {sortable ? (
                  <UnstyledButton
                    className={classes.sort}
                    onClick={() =>
                      onSortChange({
                        column: column.id,
                        descending:
                          current === null
                            ? column.sortFirst === 'descending'
                            : !current.descending,
                      })
                    }
                  >
                    {label}
                    {current === null ? null : current.descending ? (
                      <IconArrowDown size={12} stroke={2} aria-hidden />
                    ) : (
                      <IconArrowUp size={12} stroke={2} aria-hidden />
                    )}
                  </UnstyledButton>
                ) : (
                  label
                )}
              </Hint>
            </div>
          )
        })}
      </div>
    </div>
  )
}

/** Row of headers that stays in place; those that sort are buttons. Scrolling does not render it again. */
export const TableHeader = memo(PlainTableHeader) as typeof PlainTableHeader

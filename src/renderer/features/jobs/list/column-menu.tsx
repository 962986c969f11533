import { ActionIcon, Button, Checkbox, Popover } from '@mantine/core'
import { IconArrowDown, IconArrowUp, IconColumns3, IconGripVertical } from '@tabler/icons-react'
import { memo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { JobState } from '#shared/domain/job-state.ts'
import { Hint } from '../../../ui/hint.tsx'
import { chooseColumns } from './column-choice.ts'
import classes from './column-menu.module.css'
import { type ColumnName, columnNames } from './columns.ts'
import { useColumnNames } from './use-job-columns.tsx'

interface ColumnMenuProps {
  /** On screen, in order. */
  columns: readonly ColumnName[]
  /** They were chosen, not those that fit the list. */
  chosen: boolean
  state: JobState | null
}

function PlainColumnMenu({ columns, chosen, state }: ColumnMenuProps) {
  const { t } = useTranslation('jobSearch')
  const nameOf = useColumnNames()
  const [opened, setOpened] = useState(false)
  const [dragged, setDragged] = useState<ColumnName | null>(null)
  const rest = columnNames.filter((name) => !columns.includes(name))
  const move = (index: number, step: number) => {
    const next = [...columns]
    const [name] = next.splice(index, 1)
    if (name !== undefined) chooseColumns(next.toSpliced(index + step, 0, name))
  }
  // The list shows at once where the column would come to be.
  const dragOver = (name: ColumnName) => {
    if (dragged === null || dragged === name) return
    const others = columns.filter((each) => each !== dragged)
    chooseColumns(others.toSpliced(columns.indexOf(name), 0, dragged))
  }
  return (
    <Popover
      opened={opened}
      onChange={setOpened}
      position="bottom-end"
      width={280}
      trapFocus
      returnFocus
      transitionProps={{ duration: 0 }}
    >
      <Popover.Target>
        <Button
          variant="default"
          leftSection={<IconColumns3 size={14} aria-hidden />}
          onClick={() => setOpened(!opened)}
        >
          {t('columns.title')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('columns.title')}>
        <ul className={classes.list}>
          {columns.map((name, index) => (
            // The buttons beside it do the same by key.
            // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
            <li
              key={name}
              className={classes.item}
              draggable
              title={t('columns.drag')}
              data-dragged={name === dragged || undefined}
              onDragStart={({ dataTransfer }) => {
                dataTransfer.effectAllowed = 'move'
                dataTransfer.setData('text/plain', nameOf(name, state))
                setDragged(name)
              }}
              onDragOver={(event) => {
                if (dragged === null) return
                event.preventDefault()
                dragOver(name)
              }}
              onDrop={(event) => event.preventDefault()}
              onDragEnd={() => setDragged(null)}
            >
              <IconGripVertical size={14} className={classes.grip} aria-hidden />
              <Checkbox
                size="xs"
                className={classes.choice}
                checked
                disabled={columns.length === 1}
                label={nameOf(name, state)}
                onChange={() => chooseColumns(columns.filter((each) => each !== name))}
              />
              <span className={classes.moves}>
                <Hint label={t('columns.up')}>
                  <ActionIcon
                    variant="subtle"
                    color="gray"
                    size={24}
                    aria-label={t('columns.upOf', { name: nameOf(name, state) })}
                    disabled={index === 0}
                    onClick={() => move(index, -1)}
                  >
                    <IconArrowUp size={14} aria-hidden />
                  </ActionIcon>
                </Hint>
                <Hint label={t('columns.down')}>
                  <ActionIcon
                    variant="subtle"
                    color="gray"
                    size={24}
                    aria-label={t('columns.downOf', { name: nameOf(name, state) })}
                    disabled={index === columns.length - 1}
                    onClick={() => move(index, 1)}
                  >
                    <IconArrowDown size={14} aria-hidden />
                  </ActionIcon>
                </Hint>
              </span>
            </li>
          ))}
          <li className={classes.divider} aria-hidden />
          {rest.map((name) => (
            <li key={name} className={classes.item}>
              <Checkbox
                size="xs"
                className={classes.choice}
                checked={false}
                label={nameOf(name, state)}
                onChange={() => chooseColumns([...columns, name])}
              />
            </li>
          ))}
        </ul>
        <div className={classes.foot}>
          <span>{chosen ? t('columns.chosen') : t('columns.usual')}</span>
          <Button
            variant="default"
            size="compact-xs"
            disabled={!chosen}
            onClick={() => chooseColumns(null)}
          >
            {t('columns.reset')}
          </Button>
        </div>
      </Popover.Dropdown>
    </Popover>
  )
}

/** Which columns are shown, and in which order; kept on this machine. */
export const ColumnMenu = memo(PlainColumnMenu)

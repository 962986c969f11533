import { Menu } from '@mantine/core'
import {
  IconArrowDown,
  IconArrowUp,
  IconCopy,
  IconDeviceFloppy,
  IconPencil,
  IconPlugConnected,
  IconTrash,
} from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Environment } from '#shared/contract/environments.ts'
import { KeyHint } from '../../../ui/key-hint.tsx'
import { useEnvironmentDialogs } from './dialogs.ts'
import classes from './list.module.css'
import { useOrder } from './use-order.ts'

const icon = { size: 14, stroke: 1.6, 'aria-hidden': true } as const

/** What can be done with one environment, as items of a `Menu`. */
export function EnvironmentMenuItems({
  environment: { id, saved },
}: {
  environment: Pick<Environment, 'id' | 'saved'>
}) {
  const { t } = useTranslation('environmentList')
  const dialogs = useEnvironmentDialogs()
  const { canMove, move } = useOrder()
  return (
    <>
      <Menu.Item leftSection={<IconPlugConnected {...icon} />} onClick={() => dialogs.test(id)}>
        {t('test')}
      </Menu.Item>
      <Menu.Item leftSection={<IconPencil {...icon} />} onClick={() => dialogs.edit(id)}>
        {t('edit')}
      </Menu.Item>
      {saved ? (
        <>
          <Menu.Item leftSection={<IconCopy {...icon} />} onClick={() => dialogs.duplicate(id)}>
            {t('duplicate')}
          </Menu.Item>
          <Menu.Divider />
          <Menu.Item
            leftSection={<IconArrowUp {...icon} />}
            rightSection={<Keys shortcut="Alt ArrowUp" />}
            disabled={!canMove(id, -1)}
            onClick={() => move(id, -1)}
          >
            {t('up')}
          </Menu.Item>
          <Menu.Item
            leftSection={<IconArrowDown {...icon} />}
            rightSection={<Keys shortcut="Alt ArrowDown" />}
            disabled={!canMove(id, 1)}
            onClick={() => move(id, 1)}
          >
            {t('down')}
          </Menu.Item>
          <Menu.Divider />
          <Menu.Item
            color="red"
            leftSection={<IconTrash {...icon} />}
            onClick={() => dialogs.remove(id)}
          >
            {t('remove')}
          </Menu.Item>
        </>
      ) : (
        <Menu.Item leftSection={<IconDeviceFloppy {...icon} />} onClick={() => dialogs.saveAs(id)}>
          {t('saveAs')}
        </Menu.Item>
      )}
    </>
  )
}

function Keys({ shortcut }: { shortcut: string }) {
  return (
    <span className={classes.keys}>
      <KeyHint shortcut={shortcut} />
    </span>
  )
}

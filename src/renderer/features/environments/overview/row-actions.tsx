import { ActionIcon, Button, Menu } from '@mantine/core'
import { IconDots, IconLock, IconLockOpen, IconPlug, IconPlugOff } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Environment } from '#shared/contract/environments.ts'
import { useGoToEnvironment } from '../../../lib/places.ts'
import { useConnect } from '../connection/use-connect.ts'
import { EnvironmentMenuItems } from '../list/environment-menu-items.tsx'
import { askToUnlock } from '../lock/unlocking.ts'
import { useLockNow } from '../lock/use-lock-now.ts'
import classes from './overview.module.css'

const icon = { size: 14, stroke: 1.6, 'aria-hidden': true } as const

/** At the end of a row: go there, and everything else in a menu. */
export function RowActions({ environment }: { environment: Environment }) {
  const { t } = useTranslation(['overview', 'connection', 'lock', 'environmentList'])
  const go = useGoToEnvironment()
  const { connect, disconnect } = useConnect()
  const { lockNow } = useLockNow()
  const { id, name, lock, health } = environment
  return (
    // Only keeps what is pressed here from opening the row as well.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-static-element-interactions
    <div className={classes.actions} onClick={(event) => event.stopPropagation()}>
      <Button variant="default" aria-label={t('openLabel', { name })} onClick={() => go(id)}>
        {t('open')}
      </Button>
      <Menu position="bottom-end" withinPortal>
        <Menu.Target>
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={t('environmentList:more', { name })}
          >
            <IconDots size={16} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {lock.state === 'locked' ? (
            <Menu.Item leftSection={<IconLockOpen {...icon} />} onClick={() => askToUnlock(id)}>
              {t('lock:unlock')}
            </Menu.Item>
          ) : null}
          {lock.state === 'unlocked' ? (
            <Menu.Item leftSection={<IconLock {...icon} />} onClick={() => lockNow(id)}>
              {t('lock:lockNow')}
            </Menu.Item>
          ) : null}
          {health.state === 'offline' ? (
            <Menu.Item leftSection={<IconPlug {...icon} />} onClick={() => connect(id)}>
              {t('connection:connect')}
            </Menu.Item>
          ) : (
            <Menu.Item leftSection={<IconPlugOff {...icon} />} onClick={() => disconnect(id)}>
              {t('connection:disconnect')}
            </Menu.Item>
          )}
          <EnvironmentMenuItems environment={environment} />
        </Menu.Dropdown>
      </Menu>
    </div>
  )
}

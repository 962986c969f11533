import { Popover, UnstyledButton } from '@mantine/core'
import { IconChevronDown, IconDatabaseOff } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Environment } from '#shared/contract/environments.ts'
import { useEnvironments } from '../../../lib/environments.ts'
import { KindMark } from '../kind-mark.tsx'
import classes from './environment-menu.module.css'
import { EnvironmentPicker } from './environment-picker.tsx'
import { closeSwitcher, toggleSwitcher, useSwitcherOpen } from './switcher.ts'

/** The environment one is on; opens the list of all of them to switch. */
export function EnvironmentMenu({ environment }: { environment: Environment | undefined }) {
  const { t } = useTranslation(['environments', 'common'])
  const opened = useSwitcherOpen()
  const { data: environments = [] } = useEnvironments()
  if (environments.length === 0) {
    return (
      <span className={classes.none}>
        <IconDatabaseOff size={16} stroke={1.6} aria-hidden />
        {t('none')}
      </span>
    )
  }
  const label =
    environment === undefined
      ? t('chooseOne')
      : t('choose', { name: environment.name, kind: t(`common:kind.${environment.kind}`) })
  return (
    <Popover
      opened={opened}
      onChange={closeSwitcher}
      position="bottom-start"
      offset={4}
      trapFocus
      returnFocus
      width={600}
      transitionProps={{ duration: 0 }}
    >
      <Popover.Target>
        <UnstyledButton
          className={classes.button}
          data-color={environment?.color}
          aria-label={label}
          onClick={toggleSwitcher}
        >
          {environment === undefined ? (
            <span className={classes.name}>{t('chooseOne')}</span>
          ) : (
            <>
              <span className={classes.name}>{environment.name}</span>
              <KindMark environment={environment} />
            </>
          )}
          <IconChevronDown size={14} stroke={2} aria-hidden />
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown>
        <EnvironmentPicker environments={environments} current={environment?.id} />
      </Popover.Dropdown>
    </Popover>
  )
}

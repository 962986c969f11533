import { UnstyledButton } from '@mantine/core'
import { IconLock, IconLockOpen, IconSearch } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Environment } from '#shared/contract/environments.ts'
import { useEnvironment } from '../../lib/environments.ts'
import { KeyHint } from '../../ui/key-hint.tsx'
import { ConnectionWords } from './connection-words.tsx'
import classes from './environment-bar.module.css'
import { EnvironmentMenu } from './environment-menu.tsx'

interface EnvironmentBarProps {
  environment: string | undefined
  onSearch: () => void
}

/** Where one is: colour, name, kind, whether one may act, and how fresh what one sees is. */
export function EnvironmentBar({ environment: id, onSearch }: EnvironmentBarProps) {
  const { t } = useTranslation('environments')
  const environment = useEnvironment(id ?? '')
  return (
    <header className={classes.root} data-kind={environment?.kind}>
      <div className={classes.start}>
        <EnvironmentMenu environment={environment} />
        {environment === undefined ? null : (
          <>
            <Access environment={environment} />
            <ConnectionWords environment={environment.id} />
          </>
        )}
      </div>
      <UnstyledButton className={classes.search} aria-label={t('searchLabel')} onClick={onSearch}>
        <IconSearch size={14} stroke={1.8} aria-hidden />
        <span className={classes.searchWord}>{t('search')}</span>
        <KeyHint shortcut="mod+k" />
      </UnstyledButton>
    </header>
  )
}

function Access({ environment }: { environment: Environment }) {
  const { t } = useTranslation('environments')
  const { state } = environment.lock
  if (state === 'open') return null
  const Icon = state === 'unlocked' ? IconLockOpen : IconLock
  return (
    <span className={classes.access} data-tone={state === 'unlocked' ? 'warning' : undefined}>
      <Icon size={14} stroke={1.8} aria-hidden />
      {t(`lock.${state}`)}
    </span>
  )
}

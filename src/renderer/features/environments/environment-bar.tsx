import { UnstyledButton } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useEnvironment } from '../../lib/environments.ts'
import { KeyHint } from '../../ui/key-hint.tsx'
import { ConnectionWords } from './connection/connection-words.tsx'
import classes from './environment-bar.module.css'
import { LockControl } from './lock/lock-control.tsx'
import { EnvironmentMenu } from './switcher/environment-menu.tsx'

interface EnvironmentBarProps {
  environment: string | undefined
  /** How far the mirror is from Redis: what one sees is as fresh as that. */
  mirror: ReactNode
  onSearch: () => void
}

/** Where one is: colour, name, kind, whether one may act, and how fresh what one sees is. */
export function EnvironmentBar({ environment: id, mirror, onSearch }: EnvironmentBarProps) {
  const { t } = useTranslation('environments')
  const environment = useEnvironment(id)
  return (
    <header className={classes.root} data-color={environment?.color} data-kind={environment?.kind}>
      <div className={classes.start}>
        <EnvironmentMenu environment={environment} />
        {environment === undefined ? null : (
          <>
            <LockControl environment={environment} />
            <ConnectionWords environment={environment} mirror={mirror} />
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

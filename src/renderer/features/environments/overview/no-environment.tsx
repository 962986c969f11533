import { IconDatabasePlus } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { EmptyState } from '../../../ui/states.tsx'
import { EnvironmentButtons } from '../list/environment-buttons.tsx'
import classes from './overview.module.css'

/** There is no environment yet: how to get the first. */
export function NoEnvironment() {
  const { t } = useTranslation('overview')
  return (
    <EmptyState icon={IconDatabasePlus} title={t('none')} page actions={<EnvironmentButtons />}>
      <p>{t('noneText')}</p>
      <p>{t('noneCommandLine')}</p>
      <pre className={classes.command}>npm start -- --redis redis://127.0.0.1:6379/0</pre>
      <p>{t('noneDemo')}</p>
      <pre className={classes.command}>npm start</pre>
    </EmptyState>
  )
}

import { IconDatabasePlus } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { EmptyState } from '../../ui/states.tsx'
import classes from './screen.module.css'

/** No Redis is open: how to open one. */
export function NoEnvironment() {
  const { t } = useTranslation('frame')
  return (
    <EmptyState icon={IconDatabasePlus} title={t('noEnvironment')} page>
      <p>{t('noEnvironmentText')}</p>
      <div className={classes.commands}>
        <pre>npm start -- --redis rediss://user:password@host:6380/0</pre>
        <dl className={classes.flags}>
          <dt>--redis URL</dt>
          <dd>{t('noEnvironmentFlags.redis')}</dd>
          <dt>--kind KIND</dt>
          <dd>{t('noEnvironmentFlags.kind')}</dd>
          <dt>--prefix NAME</dt>
          <dd>{t('noEnvironmentFlags.prefix')}</dd>
          <dt>--read-only</dt>
          <dd>{t('noEnvironmentFlags.readOnly')}</dd>
          <dt>--data FOLDER</dt>
          <dd>{t('noEnvironmentFlags.data')}</dd>
        </dl>
      </div>
      <p>{t('noEnvironmentDemo')}</p>
      <div className={classes.commands}>
        <pre>npm start</pre>
      </div>
    </EmptyState>
  )
}

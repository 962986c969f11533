import { useTranslation } from 'react-i18next'
import type { Environment } from '#shared/contract/environments.ts'
import classes from './kind-mark.module.css'

/** The kind of an environment in a word on its colour; PRODUCTION in capitals on solid red. */
export function KindMark({
  environment: { kind, demo },
}: {
  environment: Pick<Environment, 'kind' | 'demo'>
}) {
  const { t } = useTranslation(['environments', 'common'])
  return (
    <span className={classes.root} data-kind={kind}>
      {demo ? t('demo') : t(`common:kind.${kind}`)}
    </span>
  )
}

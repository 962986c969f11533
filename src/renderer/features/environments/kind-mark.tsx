import { useTranslation } from 'react-i18next'
import type { Environment } from '#shared/contract/environments.ts'
import classes from './kind-mark.module.css'

/** The kind of an environment in a word on its colour; PRODUCTION in capitals on solid red. */
export function KindMark({ kind }: Pick<Environment, 'kind'>) {
  const { t } = useTranslation('common')
  return (
    <span className={classes.root} data-kind={kind}>
      {t(`kind.${kind}`)}
    </span>
  )
}

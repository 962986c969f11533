import { useTranslation } from 'react-i18next'
import type { Environment } from '#shared/contract/environments.ts'
import classes from './kind-mark.module.css'

/** The kind of an environment in a word, in its colour; PRODUCTION in capitals on solid red. */
export function KindMark({ environment }: { environment: Pick<Environment, 'kind' | 'color'> }) {
  const { t } = useTranslation('common')
  const { kind, color } = environment
  return (
    <span className={classes.root} data-kind={kind} data-color={color}>
      {t(`kind.${kind}`)}
    </span>
  )
}

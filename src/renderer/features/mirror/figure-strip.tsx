import { useTranslation } from 'react-i18next'
import type { MirrorStatus } from '#shared/contract/mirror.ts'
import { useFormat } from '../../lib/format/use-format.ts'
import { Hint } from '../../ui/hint.tsx'
import classes from './mirror.module.css'

/** The few numbers that say how a mirror is. */
export function FigureStrip({ status }: { status: MirrorStatus }) {
  const { t } = useTranslation('mirror')
  const format = useFormat()
  const figures = [
    { name: 'rows', value: format.count(status.rows) },
    { name: 'gone', value: format.count(status.gone) },
    { name: 'bytes', value: format.bytes(status.bytes) },
    { name: 'behind', value: format.count(status.behind) },
    { name: 'gaps', value: format.count(status.gaps) },
  ] as const
  return (
    <dl className={classes.figures}>
      {figures.map(({ name, value }) => (
        <Hint key={name} label={t(`figure.${name}Hint`)}>
          <div className={classes.figure}>
            <dt>{t(`figure.${name}`)}</dt>
            <dd>{value}</dd>
          </div>
        </Hint>
      ))}
    </dl>
  )
}

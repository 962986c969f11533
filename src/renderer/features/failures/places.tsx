import { useTranslation } from 'react-i18next'
import type { FailureGroup } from '#shared/contract/failures.ts'
import { Hint } from '../../ui/hint.tsx'
import classes from './failures.module.css'

/** Where a group fails most: queue and job name; how many more places there are. */
export function Places({ group: { queues, places } }: { group: FailureGroup }) {
  const { t } = useTranslation('failures')
  const [first] = queues
  if (first === undefined) return null
  return (
    <span className={classes.places}>
      <Place queue={first.queue} name={first.name} />
      {places > 1 ? (
        <Hint label={queues.map(({ queue, name }) => `${queue} › ${name}`).join('\n')}>
          <span>{t('morePlaces', { count: places - 1 })}</span>
        </Hint>
      ) : null}
    </span>
  )
}

/** A queue and the name of a job in it. */
export function Place({ queue, name }: { queue: string; name: string }) {
  return (
    <span className={classes.place} title={`${queue} › ${name}`}>
      <bdi>{queue}</bdi>
      {name === '' || name === queue ? null : (
        <>
          {' › '}
          <bdi>{name}</bdi>
        </>
      )}
    </span>
  )
}

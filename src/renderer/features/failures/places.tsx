import { useTranslation } from 'react-i18next'
import type { FailureGroup } from '#shared/contract/failures.ts'
import classes from './failures.module.css'

/** Places that fit in a line. */
const most = 2

/** Where a group fails most: queue and job name; how many more places there are. */
export function Places({ group: { queues, places } }: { group: FailureGroup }) {
  const { t } = useTranslation('failures')
  const shown = queues.slice(0, most)
  const more = places - shown.length
  return (
    <span className={classes.places}>
      {shown.map(({ queue, name }) => (
        <Place key={`${queue} ${name}`} queue={queue} name={name} />
      ))}
      {more > 0 ? <span>{t('morePlaces', { count: more })}</span> : null}
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

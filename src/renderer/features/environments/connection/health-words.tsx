import type { ComponentPropsWithRef } from 'react'
import type { Health } from '#shared/contract/connections.ts'
import { useNow } from '../../../lib/clock.ts'
import type { Tone } from '../../../ui/tone.ts'
import classes from './health-words.module.css'
import { healthLooks } from './health-look.ts'
import { useHealthWords } from './use-health-words.ts'

interface HealthWordsProps {
  health: Health
  /** What is left out: why it is so, or when it is tried again. */
  without?: 'reason' | 'nextTry'
}

/** How a connection stands: icon, word, why, and when it is tried again. */
export function HealthWords({ health, without }: HealthWordsProps) {
  const words = useHealthWords()
  const { icon, tone } = healthLooks[health.state]
  return (
    <Words icon={icon} tone={tone}>
      {without === 'reason' ? words.state(health) : words.whole(health)}
      {without === 'nextTry' || health.nextTryAt === null ? null : (
        <span className={classes.next}>
          {' · '}
          <NextTry health={health} />
        </span>
      )}
    </Words>
  )
}

function NextTry({ health }: { health: Health }) {
  const words = useHealthWords()
  const now = useNow()
  return (
    <span className="tabular" aria-live="off">
      {words.nextTry(health, now)}
    </span>
  )
}

interface WordsProps extends ComponentPropsWithRef<'span'> {
  icon: (typeof healthLooks)['ready']['icon']
  tone: Tone
}

/** Words in a colour behind an icon. Takes what a tooltip puts on it. */
export function Words({ icon: Icon, tone, children, className, ...rest }: WordsProps) {
  return (
    <span {...rest} className={`${classes.words} ${className ?? ''}`} data-tone={tone}>
      <Icon size={14} stroke={1.8} aria-hidden />
      <span className={classes.text}>{children}</span>
    </span>
  )
}

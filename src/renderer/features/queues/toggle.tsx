import { UnstyledButton } from '@mantine/core'
import type { ReactNode } from 'react'
import { useFormat } from '../../lib/format/use-format.ts'
import classes from './queues.module.css'

interface ToggleProps {
  pressed: boolean
  /** How many rows it would leave. */
  count?: number
  title?: string
  onPress: () => void
  children: ReactNode
}

/** A button that stays pressed while it narrows the list. */
export function Toggle({ pressed, count, title, onPress, children }: ToggleProps) {
  const format = useFormat()
  return (
    <UnstyledButton
      className={classes.toggle}
      aria-pressed={pressed}
      title={title}
      onClick={onPress}
    >
      {children}
      {count === undefined ? null : (
        <span className={classes.toggleCount}>{format.count(count)}</span>
      )}
    </UnstyledButton>
  )
}

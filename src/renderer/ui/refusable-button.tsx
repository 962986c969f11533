import { Button, type ButtonProps } from '@mantine/core'
import { IconLock } from '@tabler/icons-react'
import { type ReactNode, useId } from 'react'
import { Hint } from './hint.tsx'
import classes from './refusable-button.module.css'

interface RefusableButtonProps extends Pick<ButtonProps, 'leftSection' | 'variant' | 'disabled'> {
  /** Why it is refused now; null when it is not. */
  refused: { short: string; explain: () => void } | null
  /** On hover while it is not refused. */
  hint: string
  /** The key that does the same. */
  keys: string
  onPress: () => void
  children: ReactNode
}

/**
 * A button for what may be refused now. It then looks disabled, but keeps the focus and says why, on
 * hover as well as to a screen reader; pressing it says it in full, with what helps.
 */
export function RefusableButton(props: RefusableButtonProps) {
  const { refused, hint, keys, onPress, children, leftSection, ...button } = props
  const id = useId()
  return (
    <>
      <Hint label={refused?.short ?? hint} {...(refused === null ? { keys } : {})}>
        <Button
          {...button}
          leftSection={refused === null ? leftSection : <IconLock size={14} aria-hidden />}
          className={classes.button}
          aria-disabled={refused !== null || undefined}
          aria-describedby={refused === null ? undefined : id}
          onClick={refused?.explain ?? onPress}
        >
          {children}
        </Button>
      </Hint>
      {refused === null ? null : (
        <span id={id} className={classes.reason}>
          {refused.short}
        </span>
      )}
    </>
  )
}

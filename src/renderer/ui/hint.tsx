import { Tooltip } from '@mantine/core'
import type { ReactElement } from 'react'

interface HintProps {
  label: string
  /** Shown besides the label. */
  keys?: string
  position?: 'top' | 'bottom' | 'left' | 'right'
  disabled?: boolean
  children: ReactElement
}

/** A tooltip on hover and focus. What it says must never be the only way to learn it on touch or by keyboard. */
export function Hint({ label, keys, position = 'bottom', disabled = false, children }: HintProps) {
  return (
    <Tooltip
      label={keys === undefined ? label : `${label}  ${keys}`}
      position={position}
      openDelay={400}
      events={{ hover: true, focus: true, touch: true }}
      disabled={disabled}
      withinPortal
    >
      {children}
    </Tooltip>
  )
}

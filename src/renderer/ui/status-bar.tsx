import type { ReactNode } from 'react'
import classes from './status-bar.module.css'

interface StatusBarProps {
  /** Names the figures, for assistive technology. */
  label?: string
  children: ReactNode
  /** At the far end of the line. */
  end?: ReactNode
}

/** One line of figures under a list. */
export function StatusBar({ label, children, end }: StatusBarProps) {
  return (
    <div
      className={classes.root}
      role={label === undefined ? undefined : 'group'}
      aria-label={label}
    >
      <div className={classes.figures}>{children}</div>
      {end === undefined ? null : <span className={classes.end}>{end}</span>}
    </div>
  )
}

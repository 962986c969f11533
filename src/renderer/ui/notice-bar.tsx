import type { ComponentType, ReactNode } from 'react'
import classes from './notice-bar.module.css'
import type { Tone } from './tone.ts'

interface NoticeBarProps {
  tone: Tone
  icon: ComponentType<{ size?: number | string; stroke?: number | string; 'aria-hidden'?: boolean }>
  /** What it is, in one sentence. */
  strong?: ReactNode
  children?: ReactNode
  action?: Action
  otherAction?: Action
}

interface Action {
  label: string
  run: () => void
}

/** A line above what it speaks of, over its whole width. Put it in an element with a live role. */
export function NoticeBar({
  tone,
  icon: Icon,
  strong,
  children,
  action,
  otherAction,
}: NoticeBarProps) {
  return (
    <div className={classes.root} data-tone={tone}>
      <Icon size={16} stroke={1.6} aria-hidden />
      <span>
        {strong === undefined ? null : <strong>{strong}</strong>} {children}
      </span>
      {action === undefined ? null : (
        <span className={classes.actions}>
          {[action, ...(otherAction === undefined ? [] : [otherAction])].map(({ label, run }) => (
            <button key={label} type="button" className={classes.action} onClick={run}>
              {label}
            </button>
          ))}
        </span>
      )}
    </div>
  )
}

import type { ComponentType, ReactNode } from 'react'
import classes from './badge.module.css'
import type { Tone } from './tone.ts'

interface BadgeProps {
  tone?: Tone
  icon?: ComponentType<{
    size?: number | string
    stroke?: number | string
    'aria-hidden'?: boolean
  }>
  /** `plain` has no background: for table cells. */
  variant?: 'soft' | 'plain'
  children: ReactNode
}

/** A state in an icon, a word and a colour. */
export function Badge({ tone = 'neutral', icon: Icon, variant = 'soft', children }: BadgeProps) {
  return (
    <span className={classes.badge} data-tone={tone} data-variant={variant}>
      {Icon === undefined ? null : <Icon size={14} stroke={1.8} aria-hidden />}
      <span className={classes.word}>{children}</span>
    </span>
  )
}

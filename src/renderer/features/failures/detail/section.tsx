import { type ReactNode, useId } from 'react'
import classes from '../failures.module.css'

interface SectionProps {
  title: string
  /** At the end of the heading's line. */
  action?: ReactNode
  children: ReactNode
}

/** A part of the pane under a heading. */
export function Section({ title, action, children }: SectionProps) {
  const id = useId()
  return (
    <section className={classes.section} aria-labelledby={id}>
      <div className={classes.sectionHead}>
        <h3 id={id} className={classes.sectionTitle}>
          {title}
        </h3>
        {action}
      </div>
      {children}
    </section>
  )
}

import type { ReactNode } from 'react'
import classes from './page-header.module.css'

interface PageHeaderProps {
  title: string
  /** Beside the title: a count, a state. */
  meta?: ReactNode
  /** Filters: below the title's line when it gets narrow. */
  filters?: ReactNode
  /** Buttons at the end of the line; the primary one last. */
  actions?: ReactNode
}

/** Title of a page, what is filtered and what can be done, in one line of 48 pixels. */
export function PageHeader({ title, meta, filters, actions }: PageHeaderProps) {
  return (
    <header className={classes.root}>
      <h1 className={classes.title}>{title}</h1>
      {meta === undefined ? null : <div className={classes.meta}>{meta}</div>}
      {filters === undefined ? null : <div className={classes.filters}>{filters}</div>}
      {actions === undefined ? null : <div className={classes.actions}>{actions}</div>}
    </header>
  )
}

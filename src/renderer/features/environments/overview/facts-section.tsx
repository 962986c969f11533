import { useId, type ReactNode } from 'react'
import { type Fact, FactList } from '../../../ui/fact-list.tsx'
import classes from './overview.module.css'

interface FactsSectionProps {
  title: string
  /** Above the facts: what they come to. */
  children?: ReactNode
  facts: readonly Fact[]
}

/** Facts under a heading. */
export function FactsSection({ title, children, facts }: FactsSectionProps) {
  const id = useId()
  return (
    <section className={classes.section} aria-labelledby={id}>
      <h3 id={id} className={classes.sectionTitle}>
        {title}
      </h3>
      {children}
      <FactList facts={facts} />
    </section>
  )
}

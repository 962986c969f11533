import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './editor.module.css'
import type { Section as Name } from './sections.ts'

/** Where a part of the form is in the document, for the links to it. */
export const sectionId = (name: Name): string => `environment-editor-${name}`

interface SectionProps {
  name: Name
  hint?: string
  /** Fields stand in two columns, those of class `wide` over both. */
  children: ReactNode
}

/** A titled part of the form. */
export function Section({ name, hint, children }: SectionProps) {
  const { t } = useTranslation('environmentEditor')
  const id = sectionId(name)
  return (
    <section className={classes.section} aria-labelledby={id} data-section={name}>
      <h3 id={id} className={classes.sectionTitle} tabIndex={-1}>
        {t(`section.${name}`)}
      </h3>
      {hint === undefined ? null : <p className={classes.sectionHint}>{hint}</p>}
      <div className={classes.fields}>{children}</div>
    </section>
  )
}

import { UnstyledButton } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import classes from './editor.module.css'
import { type Section, sectionOf, sections } from './sections.ts'

interface SectionLinksProps {
  /** The one in sight. */
  current: Section
  /** Paths of the fields that something is wrong with. */
  problems: readonly string[]
  onGo: (section: Section) => void
}

/** The parts of the form, marked where something is wrong. */
export function SectionLinks({ current, problems, onGo }: SectionLinksProps) {
  const { t } = useTranslation('environmentEditor')
  return (
    <nav className={classes.nav} aria-label={t('sections')}>
      <ul>
        {sections.map((section) => {
          const count = problems.filter((path) => sectionOf(path) === section).length
          return (
            <li key={section}>
              <UnstyledButton
                className={classes.link}
                aria-current={section === current ? 'location' : undefined}
                onClick={() => onGo(section)}
              >
                {t(`section.${section}`)}
                {count === 0 ? null : (
                  <span className={classes.mark}>
                    <span aria-hidden>{count}</span>
                    <span className={classes.spoken}>{t('problems', { count })}</span>
                  </span>
                )}
              </UnstyledButton>
            </li>
          )
        })}
      </ul>
    </nav>
  )
}

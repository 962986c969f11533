import { UnstyledButton } from '@mantine/core'
import { IconExternalLink } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { FailureGroup } from '#shared/contract/failures.ts'
import { visibleText } from '../../jobs/text/visible-text.ts'
import classes from '../failures.module.css'
import { Section } from './section.tsx'

interface GroupNoteProps {
  group: FailureGroup
  onEdit: () => void
}

/** What operators noted of a group, and where to read what to do about it. */
export function GroupNote({ group: { note, runbook }, onEdit }: GroupNoteProps) {
  const { t } = useTranslation('failures')
  if (note === null && runbook === null) {
    return (
      <Section title={t('note.title')}>
        <UnstyledButton className={classes.link} onClick={onEdit}>
          {t('note.add')}
        </UnstyledButton>
      </Section>
    )
  }
  return (
    <Section title={t('note.title')}>
      {note === null ? null : <p className={classes.note}>{visibleText(note)}</p>}
      {runbook === null || !isWebAddress(runbook) ? null : (
        <a className={classes.runbook} href={runbook} target="_blank" rel="noreferrer noopener">
          <IconExternalLink size={14} stroke={1.6} aria-hidden />
          <span>{visibleText(runbook)}</span>
        </a>
      )}
    </Section>
  )
}

/** The contract takes no other, yet a link is never made of what is not one. */
export function isWebAddress(text: string): boolean {
  const url = URL.parse(text)
  return url !== null && (url.protocol === 'https:' || url.protocol === 'http:')
}

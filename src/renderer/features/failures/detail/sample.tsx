import { Link } from '@tanstack/react-router'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { FailureGroupDetail } from '#shared/contract/failures.ts'
import { parseStack } from '#shared/domain/stacktrace.ts'
import { Time } from '../../../ui/time.tsx'
import { Message } from '../../jobs/error/message.tsx'
import { StackSectionView } from '../../jobs/error/stack-section.tsx'
import { VirtualText } from '../../jobs/text/virtual-text.tsx'
import classes from '../failures.module.css'
import { Section } from './section.tsx'

/** Lines of a stack that are drawn one by one; a longer one is shown as text. */
const mostLines = 1_000

interface SampleProps {
  environment: string
  group: FailureGroupDetail
}

/** The newest job that failed so: where it is, and its stack as far as it is kept. */
export function Sample({ environment, group: { sample } }: SampleProps) {
  const { t } = useTranslation('failures')
  if (sample === null) {
    return (
      <Section title={t('sample.title')}>
        <p className="dim">{t('sample.none')}</p>
      </Section>
    )
  }
  const { queue, job, failedAt, message, stack } = sample
  return (
    <Section
      title={t('sample.title')}
      action={
        <span className={classes.sampleJob}>
          <Time at={failedAt} />
          <Link
            to="/e/$environment/jobs"
            params={{ environment }}
            search={{ queue, state: 'failed', job, tab: 'error' }}
          >
            {t('sample.open', { job })}
          </Link>
        </span>
      }
    >
      {stack === null ? (
        <>
          <Message name={null} text={message} prominent />
          <p className="dim">{t('sample.noStack')}</p>
        </>
      ) : (
        <Stack text={stack} />
      )}
    </Section>
  )
}

function Stack({ text }: { text: string }) {
  const { t } = useTranslation('failures')
  const { sections } = useMemo(() => parseStack(text), [text])
  const lines = sections.reduce((sum, { body }) => sum + body.length, 0)
  if (lines > mostLines) {
    return (
      <div className={classes.asText}>
        <VirtualText label={t('sample.title')} text={text} />
      </div>
    )
  }
  return sections.map((section, index) => (
    // Sections have no identity but their place.
    // oxlint-disable-next-line react/no-array-index-key
    <StackSectionView key={index} section={section} />
  ))
}

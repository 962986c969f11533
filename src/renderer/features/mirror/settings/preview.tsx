import { Select, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { LoadingRows, ErrorState } from '../../../ui/states.tsx'
import { visibleText } from '../../jobs/text/visible-text.ts'
import classes from './settings.module.css'
import type { Preview as Shown } from './use-preview.ts'

/** A real job as these settings would keep it: what is taken out of its payload, and what is left. */
export function Preview({ preview }: { preview: Shown }) {
  const { t } = useTranslation('mirror')
  const { queues, queue, job, data, error, holds } = preview
  return (
    <section className={classes.preview} aria-label={t('settings.preview')}>
      <h2 className={classes.title}>{t('settings.preview')}</h2>
      <p className={classes.hint}>{t('settings.previewHint')}</p>
      <div className={classes.choice}>
        <Select
          label={t('settings.previewQueue')}
          data={queues}
          value={queue}
          allowDeselect={false}
          searchable
          disabled={queues.length === 0}
          onChange={preview.chooseQueue}
        />
        <TextInput
          label={t('settings.previewJob')}
          placeholder={t('settings.previewNewest')}
          value={job}
          spellCheck={false}
          onChange={({ currentTarget }) => preview.chooseJob(currentTarget.value)}
        />
      </div>
      {queues.length === 0 ? <p className={classes.hint}>{t('settings.previewNone')}</p> : null}
      {holds ? null : <p className={classes.hint}>{t('settings.previewFix')}</p>}
      {error !== null ? (
        <ErrorState error={error} retrying={preview.fetching} onRetry={preview.retry} />
      ) : data === undefined ? (
        queue !== null && holds ? (
          <LoadingRows rows={4} />
        ) : null
      ) : (
        <>
          <div className={classes.previewHead}>
            <span className="mono">{t('settings.previewOf', { job: data.job })}</span>
            <span className="dim">{t('settings.redacted', { count: data.redacted })}</span>
          </div>
          {/* A text that scrolls must be reached by the keyboard. */}
          {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
          <pre className={classes.payload} aria-label={t('settings.previewPayload')} tabIndex={0}>
            {visibleText(data.payload)}
          </pre>
        </>
      )}
    </section>
  )
}

import { Button } from '@mantine/core'
import { useBlocker } from '@tanstack/react-router'
import { type ReactNode, useId } from 'react'
import { useTranslation } from 'react-i18next'
import { defaultRedaction, type MirrorSettings } from '#shared/contract/mirror.ts'
import { LeaveDialog } from '../../environments/editor/leave-dialog.tsx'
import { useKeepPage } from '../../environments/editor/use-keep-page.ts'
import { KeptSection } from './kept-section.tsx'
import { MappingEditor } from './mapping-editor.tsx'
import { Preview } from './preview.tsx'
import classes from './settings.module.css'
import { TextList } from './text-list.tsx'
import { usePreview } from './use-preview.ts'
import { useSettingsDraft } from './use-settings-draft.ts'

/** As the contract has it. */
const mostPatterns = 100

interface SettingsFormProps {
  environment: string
  saved: MirrorSettings
}

/** What is kept of a job, edited beside a real job that shows what comes of it. */
export function SettingsForm({ environment, saved }: SettingsFormProps) {
  const { t } = useTranslation('mirror')
  const { draft, problems, dirty, holds, saving, edit, save, discard, toUsual } = useSettingsDraft(
    environment,
    saved,
  )
  const preview = usePreview(environment, draft, holds)
  useKeepPage(dirty)
  const blocker = useBlocker({
    shouldBlockFn: () => dirty,
    enableBeforeUnload: false,
    withResolver: true,
  })
  return (
    <form
      className={classes.root}
      onSubmit={(event) => {
        event.preventDefault()
        save()
      }}
    >
      <div className={classes.scroller}>
        <div className={classes.columns}>
          <div className={classes.column}>
            <KeptSection
              environment={environment}
              draft={draft}
              problem={problems.get('retentionDays')}
              onChange={edit}
            />
            <Section title={t('settings.redaction')} hint={t('settings.redactionHint')}>
              <div className={classes.patterns}>
                <TextList
                  values={draft.redaction}
                  labelOf={(number) => t('settings.pattern', { number })}
                  problemOf={(index) => {
                    const problem = problems.get(`redaction.${index}`)
                    return problem === 'patternEmpty' || problem === 'patternUnsafe'
                      ? t(`settings.${problem}`)
                      : problem && t('settings.patternWrong')
                  }}
                  addLabel={t('settings.redactionAdd')}
                  placeholder="secret"
                  most={mostPatterns}
                  more={
                    <Button
                      variant="subtle"
                      color="gray"
                      size="compact-sm"
                      onClick={() => edit({ redaction: [...defaultRedaction] })}
                    >
                      {t('settings.redactionDefaults')}
                    </Button>
                  }
                  onChange={(redaction) => edit({ redaction })}
                />
              </div>
            </Section>
            <Section title={t('settings.mapping')} hint={t('settings.mappingHint')}>
              <MappingEditor
                mapping={draft.mapping}
                problems={problems}
                found={preview.data?.extracted ?? null}
                onChange={(mapping) => edit({ mapping })}
              />
            </Section>
          </div>
          <Preview preview={preview} />
        </div>
      </div>
      <footer className={classes.foot}>
        <span role="status" className={classes.footWords} data-wrong={!holds || undefined}>
          {!holds
            ? t('settings.problems', { count: problems.size })
            : dirty
              ? t('settings.unsaved')
              : null}
        </span>
        <Button variant="subtle" color="gray" onClick={toUsual}>
          {t('settings.defaults')}
        </Button>
        <Button variant="default" disabled={!dirty || saving} onClick={discard}>
          {t('settings.discard')}
        </Button>
        <Button type="submit" disabled={!dirty || !holds} loading={saving}>
          {t('settings.save')}
        </Button>
      </footer>
      {blocker.status === 'blocked' ? (
        <LeaveDialog onLeave={blocker.proceed} onStay={blocker.reset} />
      ) : null}
    </form>
  )
}

interface SectionProps {
  title: string
  hint: string
  children: ReactNode
}

function Section({ title, hint, children }: SectionProps) {
  const id = useId()
  return (
    <section className={classes.section} aria-labelledby={id}>
      <h2 id={id} className={classes.title}>
        {title}
      </h2>
      <p className={classes.hint}>{hint}</p>
      {children}
    </section>
  )
}

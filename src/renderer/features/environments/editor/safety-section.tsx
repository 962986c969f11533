import { Checkbox } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Choice } from '../choice.tsx'
import classes from './editor.module.css'
import { useEditorForm } from './form.ts'
import { Section } from './section.tsx'

const accesses = ['full', 'view-only'] as const

/** What stands between a slip of the hand and the queues. */
export function SafetySection() {
  const { t } = useTranslation('environmentEditor')
  const form = useEditorForm()
  const { kind, access, locked } = form.getValues()
  const production = kind === 'production'
  const { error } = form.getInputProps('locked')
  return (
    <Section name="safety">
      <Choice
        path="access"
        label={t('access')}
        description={t('viewOnlyHint')}
        value={access}
        options={accesses.map((value) => ({ value, label: t(`accesses.${value}`) }))}
        onChange={(value) => form.setFieldValue('access', value)}
      />
      <Checkbox
        className={classes.lowCheckbox}
        label={t('locked')}
        description={
          access === 'view-only'
            ? t('lockedUseless')
            : production
              ? t('lockedProduction')
              : t('lockedHint')
        }
        data-path="locked"
        checked={locked}
        disabled={production && locked}
        error={error as string | undefined}
        onChange={(event) => form.setFieldValue('locked', event.currentTarget.checked)}
      />
    </Section>
  )
}

import { TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { defaultBudget } from '#shared/contract/profiles.ts'
import { useFormat } from '../../../lib/format/use-format.ts'
import { useEditorForm } from './form.ts'
import { Section } from './section.tsx'

/** What the console may cost this Redis. */
export function BudgetSection() {
  const { t } = useTranslation('environmentEditor')
  const format = useFormat()
  const form = useEditorForm()
  return (
    <Section name="budget" hint={t('budgetHint')}>
      <TextInput
        label={t('commandsPerSecond')}
        description={t('usual', { value: format.count(defaultBudget.commandsPerSecond) })}
        inputMode="numeric"
        {...form.getInputProps('budget.commandsPerSecond')}
      />
      <TextInput
        label={t('bytesPerSecond')}
        description={t('usual', { value: format.count(defaultBudget.bytesPerSecond) })}
        inputMode="numeric"
        {...form.getInputProps('budget.bytesPerSecond')}
      />
    </Section>
  )
}

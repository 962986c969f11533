import { SegmentedControl } from '@mantine/core'
import { type ReactNode, useId } from 'react'
import { useTranslation } from 'react-i18next'
import { settingsSchema } from '#shared/contract/settings.ts'
import { useSettings, useUpdateSettings } from '../../lib/settings.ts'
import { PageHeader } from '../../ui/page-header.tsx'
import { ShortcutList } from '../../ui/shortcut-list.tsx'
import { useErrorToast } from '../../ui/use-error-toast.tsx'
import { About } from './about.tsx'
import classes from './settings.module.css'

const { language, theme } = settingsSchema.shape
const languages = language.unwrap().options
const themes = theme.unwrap().options

/** Preferences, what this console is, and its keys. */
export function SettingsPage() {
  const { t } = useTranslation(['settings', 'common'])
  const title = t('common:page.settings')
  const settings = useSettings()
  const toastError = useErrorToast()
  const { mutate } = useUpdateSettings()
  const update = (change: Parameters<typeof mutate>[0]) => mutate(change, { onError: toastError })
  return (
    <>
      <PageHeader title={title} />
      <div className={classes.page}>
        <div className={classes.column}>
          <Section title={t('appearance')}>
            <Choice
              label={t('theme')}
              hint={t('themeHint')}
              value={settings.theme}
              options={themes.map((value) => ({ value, label: t(`themes.${value}`) }))}
              onChange={(value) => update({ theme: value })}
            />
            <Choice
              label={t('language')}
              hint={t('languageHint')}
              value={settings.language}
              options={languages.map((value) => ({ value, label: t(`languages.${value}`) }))}
              onChange={(value) => update({ language: value })}
            />
          </Section>
          <Section title={t('about')}>
            <About />
          </Section>
          <Section title={t('shortcuts')} hint={t('shortcutsHint')}>
            <ShortcutList />
          </Section>
        </div>
      </div>
    </>
  )
}

interface SectionProps {
  title: string
  hint?: string
  children: ReactNode
}

function Section({ title, hint, children }: SectionProps) {
  const id = useId()
  return (
    <section className={classes.section} aria-labelledby={id}>
      <h2 id={id} className={classes.title}>
        {title}
      </h2>
      {hint === undefined ? null : <p className={classes.hint}>{hint}</p>}
      {children}
    </section>
  )
}

interface ChoiceProps<Value extends string> {
  label: string
  hint: string
  value: Value
  options: { value: Value; label: string }[]
  onChange: (value: Value) => void
}

function Choice<Value extends string>({
  label,
  hint,
  value,
  options,
  onChange,
}: ChoiceProps<Value>) {
  return (
    <div className={classes.choice}>
      <div>
        <div className={classes.label}>{label}</div>
        <div className={classes.hint}>{hint}</div>
      </div>
      <SegmentedControl
        aria-label={label}
        value={value}
        data={options}
        onChange={(chosen) => {
          const option = options.find((candidate) => candidate.value === chosen)
          if (option !== undefined) onChange(option.value)
        }}
        withItemsBorders={false}
      />
    </div>
  )
}

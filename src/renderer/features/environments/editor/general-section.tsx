import { Autocomplete, Checkbox, TagsInput, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { environmentKindSchema } from '#shared/contract/profiles.ts'
import { Choice } from '../choice.tsx'
import { ColorChoice } from './color-choice.tsx'
import { withKind } from './draft.ts'
import classes from './editor.module.css'
import { useEditorFacts, useEditorForm } from './form.ts'
import { Section } from './section.tsx'

/** What it is called, what it is, and where it stands in lists. */
export function GeneralSection() {
  const { t } = useTranslation(['environmentEditor', 'common'])
  const form = useEditorForm()
  const { folders, tags } = useEditorFacts()
  const draft = form.getValues()
  return (
    <Section name="general">
      <TextInput
        label={t('name')}
        placeholder={t('namePlaceholder')}
        autoComplete="off"
        data-autofocus
        {...form.getInputProps('name')}
      />
      <Autocomplete
        label={t('folder')}
        placeholder={t('optional')}
        description={t('folderHint')}
        data={[...folders]}
        comboboxProps={{ withinPortal: true }}
        {...form.getInputProps('folder')}
      />
      <Choice
        path="kind"
        label={t('kind')}
        description={t(`kindHint.${draft.kind}`)}
        value={draft.kind}
        options={environmentKindSchema.options.map((kind) => ({
          value: kind,
          label: t(`common:kind.${kind}`),
        }))}
        onChange={(kind) => form.setValues((now) => withKind({ ...draft, ...now }, kind))}
      />
      <ColorChoice />
      <TagsInput
        label={t('tags')}
        placeholder={draft.tags.length === 0 ? t('optional') : ''}
        description={t('tagsHint')}
        data={[...tags]}
        {...form.getInputProps('tags')}
      />
      <Checkbox
        className={classes.lowCheckbox}
        label={t('connectAtStart')}
        {...form.getInputProps('connectAtStart', { type: 'checkbox' })}
      />
    </Section>
  )
}

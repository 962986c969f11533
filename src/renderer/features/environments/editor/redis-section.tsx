import { TagsInput, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { RedisUrl } from '#shared/domain/redis-url.ts'
import { Choice } from '../choice.tsx'
import { DeploymentFields } from './deployment-fields.tsx'
import { withDeployment } from './draft.ts'
import classes from './editor.module.css'
import { useEditorForm } from './form.ts'
import { withUrl } from './paste.ts'
import { SecretField } from './secret-field.tsx'
import { Section } from './section.tsx'
import { UrlField } from './url-field.tsx'

const deployments = ['standalone', 'sentinel', 'cluster', 'socket'] as const

/** Where Redis is, as whom, and where in it the queues are. */
export function RedisSection() {
  const { t } = useTranslation('environmentEditor')
  const form = useEditorForm()
  const draft = form.getValues()
  const fill = (url: RedisUrl) => form.setValues(withUrl(form.getValues(), url))
  return (
    <Section name="redis">
      <UrlField onUrl={fill} />
      <div className={classes.wide}>
        <Choice
          path="deployment.type"
          label={t('deployment')}
          value={draft.deployment.type}
          options={deployments.map((value) => ({ value, label: t(`deployments.${value}`) }))}
          onChange={(type) => form.setValues(withDeployment(form.getValues(), type))}
        />
      </div>
      <DeploymentFields onUrl={fill} />
      <TextInput
        label={t('username')}
        description={t('usernameHint')}
        placeholder={t('optional')}
        autoComplete="off"
        spellCheck={false}
        {...form.getInputProps('username')}
      />
      <SecretField slot="password" />
      <TagsInput
        label={t('prefixes')}
        description={t('prefixesHint')}
        splitChars={[]}
        isDuplicate={(prefix, prefixes) => prefixes.includes(prefix)}
        {...form.getInputProps('prefixes')}
      />
      {draft.deployment.type === 'cluster' ? null : (
        <TextInput
          label={t('database')}
          className={classes.number}
          inputMode="numeric"
          {...form.getInputProps('database')}
        />
      )}
    </Section>
  )
}

import { Checkbox, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Choice } from '../choice.tsx'
import classes from './editor.module.css'
import { useEditorForm } from './form.ts'
import { SecretField } from './secret-field.tsx'
import { Section } from './section.tsx'

const authentications = ['key', 'password', 'agent'] as const

/** The SSH server that the connection goes through, if any. */
export function TunnelSection() {
  const { t } = useTranslation('environmentEditor')
  const form = useEditorForm()
  const { tunnelled, deployment } = form.getValues()
  if (deployment.type === 'socket') {
    return (
      <Section name="tunnel">
        <p className={classes.note}>{t('tunnelSocket')}</p>
      </Section>
    )
  }
  return (
    <Section name="tunnel">
      <Checkbox
        className={classes.wide}
        label={t('tunnelled')}
        description={t('tunnelledHint')}
        {...form.getInputProps('tunnelled', { type: 'checkbox' })}
      />
      {tunnelled ? <Server /> : null}
    </Section>
  )
}

function Server() {
  const { t } = useTranslation('environmentEditor')
  const form = useEditorForm()
  const { authentication } = form.getValues().ssh
  return (
    <>
      <div className={`${classes.wide} ${classes.hostAndPort}`}>
        <TextInput
          label={t('sshHost')}
          placeholder="bastion.example.com"
          spellCheck={false}
          {...form.getInputProps('ssh.host')}
        />
        <TextInput label={t('port')} inputMode="numeric" {...form.getInputProps('ssh.port')} />
      </div>
      <TextInput
        label={t('sshUser')}
        autoComplete="off"
        spellCheck={false}
        {...form.getInputProps('ssh.username')}
      />
      <Choice
        path="ssh.authentication"
        label={t('authentication')}
        description={authentication === 'agent' ? t('agentHint') : undefined}
        value={authentication}
        options={authentications.map((value) => ({ value, label: t(`authentications.${value}`) }))}
        onChange={(value) => form.setFieldValue('ssh.authentication', value)}
      />
      {authentication === 'password' ? <SecretField slot="sshPassword" /> : null}
      {authentication === 'key' ? (
        <>
          <SecretField slot="sshKey" />
          <SecretField slot="sshKeyPassphrase" />
        </>
      ) : null}
      <TextInput
        label={t('keepAlive')}
        description={t('keepAliveHint')}
        inputMode="numeric"
        {...form.getInputProps('ssh.keepAlive')}
      />
      <TextInput
        className={classes.wide}
        classNames={{ input: classes.mono }}
        label={t('hostKey')}
        description={t('hostKeyHint')}
        placeholder={t('hostKeyPlaceholder')}
        autoComplete="off"
        spellCheck={false}
        {...form.getInputProps('ssh.hostKey')}
      />
    </>
  )
}

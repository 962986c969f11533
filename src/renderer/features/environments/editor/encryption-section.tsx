import { Checkbox, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { anyCertificatePhrase } from '#shared/contract/profiles.ts'
import classes from './editor.module.css'
import { FileText } from './file-text.tsx'
import { useEditorForm } from './form.ts'
import { SecretField } from './secret-field.tsx'
import { Section } from './section.tsx'

/** Whether the connection is encrypted, and who is trusted to be at its other end. */
export function EncryptionSection() {
  const { t } = useTranslation('environmentEditor')
  const form = useEditorForm()
  const { encrypted, deployment, tls } = form.getValues()
  const encrypt = (on: boolean) => {
    form.setFieldValue('encrypted', on)
    if (!on) form.setFieldValue('deployment.tls', false)
  }
  return (
    <Section name="encryption">
      <Checkbox
        className={classes.wide}
        label={t('encrypted')}
        description={t(tls.ca.trim() === '' ? 'encryptedHint' : 'encryptedByCa')}
        data-path="encrypted"
        checked={encrypted}
        onChange={(event) => encrypt(event.currentTarget.checked)}
      />
      {deployment.type === 'sentinel' && (encrypted || deployment.tls) ? (
        <Checkbox
          className={classes.wide}
          label={t('sentinelTls')}
          {...form.getInputProps('deployment.tls', { type: 'checkbox' })}
        />
      ) : null}
      {encrypted ? <Certificates /> : null}
    </Section>
  )
}

function Certificates() {
  const { t } = useTranslation('environmentEditor')
  const form = useEditorForm()
  const { tls } = form.getValues()
  return (
    <>
      <FileText
        path="tls.ca"
        label={t('ca')}
        placeholder={t('certificatePlaceholder')}
        value={tls.ca}
        problem={form.getInputProps('tls.ca').error as string | undefined}
        onText={(text) => form.setFieldValue('tls.ca', text)}
      />
      <TextInput
        label={t('serverName')}
        description={t('serverNameHint')}
        placeholder={t('optional')}
        spellCheck={false}
        {...form.getInputProps('tls.serverName')}
      />
      <FileText
        path="tls.certificate"
        label={t('certificate')}
        placeholder={t('certificatePlaceholder')}
        value={tls.certificate}
        problem={form.getInputProps('tls.certificate').error as string | undefined}
        onText={(text) => form.setFieldValue('tls.certificate', text)}
      />
      {tls.certificate.trim() === '' ? null : (
        <>
          <SecretField slot="tlsKey" />
          <SecretField slot="tlsKeyPassphrase" />
        </>
      )}
      <Unchecked />
    </>
  )
}

/** To go without checking certificates takes a development environment and typing it out. */
function Unchecked() {
  const { t } = useTranslation('environmentEditor')
  const form = useEditorForm()
  const { kind, tls } = form.getValues()
  if (kind !== 'development' && !tls.unchecked) {
    return <p className={classes.note}>{t('uncheckedElsewhere')}</p>
  }
  return (
    <div className={classes.wide}>
      <Checkbox
        label={t('unchecked')}
        description={t('uncheckedHint')}
        {...form.getInputProps('tls.unchecked', { type: 'checkbox' })}
      />
      {tls.unchecked ? (
        <TextInput
          className={classes.phrase}
          label={t('acceptAny', { phrase: anyCertificatePhrase })}
          autoComplete="off"
          spellCheck={false}
          {...form.getInputProps('tls.acceptAny')}
        />
      ) : null}
    </div>
  )
}

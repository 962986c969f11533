import { TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { RedisUrl } from '#shared/domain/redis-url.ts'
import classes from './editor.module.css'
import { EndpointList } from './endpoint-list.tsx'
import { useEditorForm } from './form.ts'
import { readPasted } from './paste.ts'
import { SecretField } from './secret-field.tsx'

/** Where Redis is: one server, a unix socket, or what knows where it is. */
export function DeploymentFields({ onUrl }: { onUrl: (url: RedisUrl) => void }) {
  const { t } = useTranslation('environmentEditor')
  const form = useEditorForm()
  const { type } = form.getValues().deployment
  if (type === 'standalone') return <HostFields onUrl={onUrl} />
  if (type === 'socket') {
    return (
      <TextInput
        className={classes.wide}
        label={t('path')}
        placeholder="/run/redis/redis.sock"
        spellCheck={false}
        {...form.getInputProps('deployment.path')}
      />
    )
  }
  if (type === 'sentinel') {
    return (
      <>
        <EndpointList
          path="deployment.sentinels"
          label={t('sentinels')}
          line={(number) => t('sentinel', { number })}
          add={t('addSentinel')}
          usualPort="26379"
        />
        <TextInput
          label={t('master')}
          description={t('masterHint')}
          placeholder="mymaster"
          spellCheck={false}
          {...form.getInputProps('deployment.master')}
        />
        <span />
        <TextInput
          label={t('sentinelUser')}
          placeholder={t('optional')}
          autoComplete="off"
          spellCheck={false}
          {...form.getInputProps('deployment.username')}
        />
        <SecretField slot="sentinelPassword" />
      </>
    )
  }
  return (
    <>
      <EndpointList
        path="deployment.nodes"
        label={t('nodes')}
        description={t('nodesHint')}
        line={(number) => t('node', { number })}
        add={t('addNode')}
        usualPort="6379"
      />
      <p className={classes.note}>{t('clusterHint')}</p>
    </>
  )
}

/** A URL or `host:port` that is pasted as the host is taken apart. */
function HostFields({ onUrl }: { onUrl: (url: RedisUrl) => void }) {
  const { t } = useTranslation('environmentEditor')
  const form = useEditorForm()
  return (
    <div className={`${classes.wide} ${classes.hostAndPort}`}>
      <TextInput
        label={t('host')}
        placeholder="127.0.0.1"
        spellCheck={false}
        {...form.getInputProps('deployment.host')}
        onPaste={(event) => {
          const pasted = readPasted(event.clipboardData.getData('text'), '6379')
          if (pasted === null) return
          event.preventDefault()
          if (pasted.type === 'url') onUrl(pasted.url)
          if (pasted.type === 'bad-url') {
            form.setFieldError('deployment.host', t(`urlProblem.${pasted.problem}`))
          }
          if (pasted.type === 'endpoints') {
            form.setFieldValue('deployment.host', pasted.endpoints[0]?.host ?? '')
            form.setFieldValue('deployment.port', pasted.endpoints[0]?.port ?? '')
          }
        }}
      />
      <TextInput label={t('port')} inputMode="numeric" {...form.getInputProps('deployment.port')} />
    </div>
  )
}

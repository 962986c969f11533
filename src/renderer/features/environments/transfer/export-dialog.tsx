import { Button, Checkbox, Modal, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { orpc } from '../../../lib/client/index.ts'
import { download } from '../../../lib/download.ts'
import { useEnvironments } from '../../../lib/environments.ts'
import { useReturnFocus } from '../../../ui/use-return-focus.ts'
import { Choice } from '../choice.tsx'
import { KindMark } from '../kind-mark.tsx'
import { TransferFailure } from './transfer-failure.tsx'
import { leastPassphrase, passphraseProblems } from './passphrase.ts'
import classes from './transfer.module.css'

const secretsChoices = ['without', 'with'] as const

/** Writes chosen environments to a file; their secrets only under a passphrase. */
export function ExportDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation(['environmentTransfer', 'ui'])
  useReturnFocus()
  const saved = (useEnvironments().data ?? []).filter((environment) => environment.saved)
  const [left, setLeft] = useState<readonly string[]>([])
  const [secrets, setSecrets] = useState<(typeof secretsChoices)[number]>('without')
  const [first, setFirst] = useState('')
  const [second, setSecond] = useState('')
  const [tried, setTried] = useState(false)
  const { mutate, isPending, error } = useMutation(
    orpc.environments.export.mutationOptions({
      onSuccess: ({ fileName, document }) => {
        download(fileName, new Blob([document], { type: 'application/json' }))
        onClose()
      },
    }),
  )
  const chosen = saved.filter(({ id }) => !left.includes(id))
  const problems = passphraseProblems(first, second)
  const wrong = secrets === 'with' && (problems.first ?? problems.second) !== null
  const say = (problem: (typeof problems)['first']) =>
    tried && problem !== null ? t(problem, { least: leastPassphrase }) : undefined

  return (
    <Modal
      opened
      centered
      size={520}
      title={t('exportTitle')}
      closeButtonProps={{ 'aria-label': t('ui:close') }}
      closeOnClickOutside={false}
      onClose={onClose}
    >
      <form
        className={classes.form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          setTried(true)
          if (wrong || chosen.length === 0) return
          mutate({
            environments: chosen.map(({ id }) => id),
            ...(secrets === 'with' ? { passphrase: first } : {}),
          })
        }}
      >
        <p className={classes.intro}>{saved.length === 0 ? t('nothing') : t('exportIntro')}</p>
        <fieldset className={classes.list}>
          <legend>{t('which')}</legend>
          {saved.map((environment) => (
            <Checkbox
              key={environment.id}
              checked={!left.includes(environment.id)}
              label={
                <span className={classes.environment}>
                  <span className={classes.name}>{environment.name}</span>
                  <KindMark environment={environment} />
                </span>
              }
              onChange={(event) =>
                setLeft(
                  event.currentTarget.checked
                    ? left.filter((id) => id !== environment.id)
                    : [...left, environment.id],
                )
              }
            />
          ))}
        </fieldset>
        <Choice
          label={t('secrets')}
          description={t(secrets === 'with' ? 'withHint' : 'withoutHint')}
          value={secrets}
          options={secretsChoices.map((value) => ({ value, label: t(`secretsChoice.${value}`) }))}
          onChange={setSecrets}
        />
        {secrets === 'without' ? null : (
          <div className={classes.passphrases}>
            <TextInput
              type="password"
              label={t('passphrase')}
              description={
                say(problems.first) === undefined
                  ? t('passphraseHint', { least: leastPassphrase })
                  : undefined
              }
              inputWrapperOrder={['label', 'input', 'description', 'error']}
              autoComplete="new-password"
              value={first}
              error={say(problems.first)}
              onChange={(event) => setFirst(event.currentTarget.value)}
            />
            <TextInput
              type="password"
              label={t('passphraseAgain')}
              autoComplete="new-password"
              value={second}
              error={say(problems.second)}
              onChange={(event) => setSecond(event.currentTarget.value)}
            />
          </div>
        )}
        {tried && chosen.length === 0 ? (
          <p role="alert" className={classes.failure}>
            {t('noneChosen')}
          </p>
        ) : null}
        {error === null ? null : <TransferFailure error={error} />}
        <div className={classes.buttons}>
          <Button variant="default" onClick={onClose}>
            {t('ui:cancel')}
          </Button>
          <Button type="submit" data-autofocus loading={isPending} disabled={saved.length === 0}>
            {t('exportButton', { count: chosen.length })}
          </Button>
        </div>
      </form>
    </Modal>
  )
}

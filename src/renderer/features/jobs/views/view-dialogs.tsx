import { Button, Modal, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { View } from '#shared/contract/views.ts'
import { useDescribeError } from '../../../lib/errors/describe-error.ts'
import { ConfirmDialog } from '../../../ui/confirm-dialog.tsx'
import { useReturnFocus } from '../../../ui/use-return-focus.ts'
import { Choice } from '../../environments/choice.tsx'
import { useViewChanges } from './use-views.ts'
import classes from './views.module.css'

interface SaveViewDialogProps {
  /** Of the environment and how it is called. */
  environment: string
  environmentName: string
  /** What is saved. */
  shown: Pick<View, 'filter' | 'sort' | 'columns'>
  onSaved: (view: View) => void
  onClose: () => void
}

/** Names what is listed now, to come back to it. */
export function SaveViewDialog(props: SaveViewDialogProps) {
  const { t } = useTranslation('jobSearch')
  const { create } = useViewChanges()
  const [scope, setScope] = useState<'here' | 'all'>('here')
  const { environment, shown } = props
  return (
    <NameDialog
      title={t('views.saveTitle')}
      button={t('views.save')}
      initial=""
      pending={create.isPending}
      error={create.error}
      onClose={props.onClose}
      onName={(name) =>
        create.mutate(
          { ...shown, name, environment: scope === 'here' ? environment : null },
          { onSuccess: props.onSaved },
        )
      }
    >
      <Choice
        label={t('views.scope')}
        description={t(`views.scopeHint.${scope}`, { environment: props.environmentName })}
        value={scope}
        options={[
          { value: 'here', label: props.environmentName },
          { value: 'all', label: t('views.all') },
        ]}
        onChange={setScope}
      />
    </NameDialog>
  )
}

interface ViewDialogProps {
  view: View
  onDone: () => void
  onClose: () => void
}

export function RenameViewDialog({ view, onDone, onClose }: ViewDialogProps) {
  const { t } = useTranslation('jobSearch')
  const { update } = useViewChanges()
  return (
    <NameDialog
      title={t('views.renameTitle', { name: view.name })}
      button={t('views.rename')}
      initial={view.name}
      pending={update.isPending}
      error={update.error}
      onClose={onClose}
      onName={(name) => update.mutate({ view: view.id, name }, { onSuccess: onDone })}
    />
  )
}

export function RemoveViewDialog({ view, onDone, onClose }: ViewDialogProps) {
  const { t } = useTranslation('jobSearch')
  const { remove } = useViewChanges()
  return (
    <ConfirmDialog
      title={t('views.removeTitle', { name: view.name })}
      confirmLabel={t('views.remove')}
      tone="danger"
      undoable={false}
      pending={remove.isPending}
      error={remove.error}
      onConfirm={() => remove.mutate({ view: view.id }, { onSuccess: onDone })}
      onClose={onClose}
    >
      <p>{t('views.removeText')}</p>
    </ConfirmDialog>
  )
}

interface NameDialogProps {
  title: string
  /** What happens, on the button. */
  button: string
  initial: string
  pending: boolean
  error: unknown
  onName: (name: string) => void
  onClose: () => void
  children?: React.ReactNode
}

function NameDialog(props: NameDialogProps) {
  const { t } = useTranslation(['jobSearch', 'ui'])
  const describe = useDescribeError()
  useReturnFocus()
  const [name, setName] = useState(props.initial)
  const [tried, setTried] = useState(false)
  const missing = name.trim() === ''
  const failure = props.error === null ? undefined : describe(props.error).title
  return (
    <Modal
      opened
      centered
      size={440}
      title={props.title}
      closeButtonProps={{ 'aria-label': t('ui:close') }}
      onClose={props.onClose}
    >
      <form
        className={classes.form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          setTried(true)
          if (!missing) props.onName(name.trim())
        }}
      >
        <TextInput
          label={t('views.name')}
          data-autofocus
          maxLength={100}
          value={name}
          error={tried && missing ? t('views.nameMissing') : failure}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        {props.children}
        <div className={classes.buttons}>
          <Button variant="default" onClick={props.onClose}>
            {t('ui:cancel')}
          </Button>
          <Button type="submit" loading={props.pending}>
            {props.button}
          </Button>
        </div>
      </form>
    </Modal>
  )
}

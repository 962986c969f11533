import { Button, Modal, TextInput } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useReturnFocus } from '../../ui/use-return-focus.ts'
import { useDescribeError } from '../../lib/errors/describe-error.ts'
import classes from './name-dialog.module.css'

interface NameDialogProps {
  title: string
  /** What is at stake, in paragraphs. */
  children: ReactNode
  /** What must be typed, letter by letter. */
  name: string
  /** Asks for it. */
  label: string
  confirmLabel: string
  pending: boolean
  /** Why the last try failed; null when it did not. */
  error: unknown
  onConfirm: () => void
  onClose: () => void
}

/** Asks for the name of an environment before something about it is lost. */
export function NameDialog(props: NameDialogProps) {
  const { title, children, name, label, confirmLabel, pending, error, onConfirm, onClose } = props
  const { t } = useTranslation('ui')
  const describe = useDescribeError()
  const [typed, setTyped] = useState('')
  useReturnFocus(() => document.querySelector<HTMLElement>('#content'))
  const same = typed.trim() === name
  const failure = error === null ? null : describe(error)
  return (
    <Modal
      opened
      centered
      size={480}
      title={title}
      closeButtonProps={{ 'aria-label': t('close') }}
      closeOnClickOutside={false}
      onClose={onClose}
    >
      <form
        className={classes.question}
        onSubmit={(event) => {
          event.preventDefault()
          if (same) onConfirm()
        }}
      >
        {children}
        <TextInput
          data-autofocus
          label={label}
          autoComplete="off"
          spellCheck={false}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        {failure === null ? null : (
          <p role="alert" className={classes.failure}>
            <strong>{failure.title}.</strong> {failure.detail} {failure.next}
          </p>
        )}
        <div className={classes.buttons}>
          <Button variant="default" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button type="submit" color="red" disabled={!same} loading={pending}>
            {confirmLabel}
          </Button>
        </div>
      </form>
    </Modal>
  )
}

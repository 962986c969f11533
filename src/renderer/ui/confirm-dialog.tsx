import { Button, Modal, Textarea } from '@mantine/core'
import { IconAlertTriangle, IconArrowBackUp } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useDescribeError } from '../lib/errors/describe-error.ts'
import classes from './confirm-dialog.module.css'
import { CopyText } from './copy-text.tsx'
import { useReturnFocus } from './use-return-focus.ts'

interface ConfirmDialogProps {
  /** The question: what, how many. */
  title: string
  /** What will happen, and where. */
  children: ReactNode
  /** What happens, on the button: "Delete 1 job"; never "OK". */
  confirmLabel: string
  /** `danger` for what destroys. */
  tone?: 'danger' | 'normal'
  undoable: boolean
  /** Asks for a reason, which goes to the audit. */
  reason?: 'optional' | 'required'
  /** Why it cannot be done now; there is then nothing to confirm. */
  refused?: ReactNode
  /** What will happen is not known yet. */
  asking?: boolean
  pending?: boolean
  /** Of the last try; shown inside, what was entered stays. */
  error?: unknown
  onConfirm: (reason: string | undefined) => void
  onClose: () => void
  /** What gets the focus when what had it before is gone, or goes after what was done. */
  fallbackFocus?: () => HTMLElement | null
}

/** Asks before something is changed. The focus is on the safe button, and Esc takes it. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { title, children, confirmLabel, tone = 'normal', undoable, reason: asks } = props
  const { t } = useTranslation('ui')
  const describe = useDescribeError()
  const [reason, setReason] = useState('')
  useReturnFocus(props.fallbackFocus)
  const [missing, setMissing] = useState(false)
  const refused = props.refused !== undefined
  const failure = props.error === undefined || props.error === null ? null : describe(props.error)
  const pending = props.pending ?? false
  return (
    <Modal
      opened
      onClose={props.onClose}
      title={title}
      centered
      size={480}
      closeButtonProps={{ 'aria-label': t('close') }}
      closeOnClickOutside={!pending}
      closeOnEscape={!pending}
    >
      <form
        className={classes.form}
        onSubmit={(event) => {
          event.preventDefault()
          const given = reason.trim()
          if (refused) return
          if (given === '' && asks === 'required') setMissing(true)
          else props.onConfirm(given === '' ? undefined : given)
        }}
      >
        <div className={classes.text}>{children}</div>
        {refused ? null : (
          <p className={classes.undo} data-tone={undoable ? 'neutral' : 'warning'}>
            {undoable ? (
              <IconArrowBackUp size={16} stroke={1.6} aria-hidden />
            ) : (
              <IconAlertTriangle size={16} stroke={1.6} aria-hidden />
            )}
            {undoable ? t('undoable') : t('notUndoable')}
          </p>
        )}
        {asks === undefined || refused ? null : (
          <Textarea
            label={t('reason')}
            description={
              asks === 'required' ? t('reasonHint') : `${t('reasonHint')}, ${t('optional')}`
            }
            autosize
            minRows={1}
            maxRows={4}
            maxLength={500}
            value={reason}
            error={missing ? t('reasonMissing') : undefined}
            onChange={(event) => {
              setReason(event.currentTarget.value)
              setMissing(false)
            }}
          />
        )}
        {props.refused === undefined ? null : (
          <div className={classes.failure} role="alert">
            {props.refused}
          </div>
        )}
        {failure === null ? null : (
          <div className={classes.failure} role="alert">
            <strong>{failure.title}</strong>
            <p>
              {failure.detail} {failure.next}
            </p>
            <CopyText
              text={failure.report ?? failure.code}
              what={failure.report === null ? t('code') : t('copyReport')}
            />
          </div>
        )}
        <div className={classes.buttons}>
          <Button variant="default" data-autofocus onClick={props.onClose} disabled={pending}>
            {refused ? t('close') : t('cancel')}
          </Button>
          {refused ? null : (
            <Button
              type="submit"
              color={tone === 'danger' ? 'red' : undefined}
              loading={pending}
              disabled={props.asking ?? false}
            >
              {confirmLabel}
            </Button>
          )}
        </div>
      </form>
    </Modal>
  )
}

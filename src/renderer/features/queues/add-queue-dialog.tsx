import { Button, Modal, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Queue } from '#shared/contract/queues.ts'
import { orpc } from '../../lib/client/index.ts'
import { useDescribeError } from '../../lib/errors/describe-error.ts'
import { toastSuccess } from '../../lib/toast.tsx'
import classes from './queues.module.css'

interface AddQueueDialogProps {
  environment: string
  /** Names that are listed already. */
  known: readonly string[]
  onAdded: (queue: Queue) => void
  onClose: () => void
}

/** Asks for the name of a queue that discovery did not find. What is wrong with it is said inside. */
export function AddQueueDialog({ environment, known, onAdded, onClose }: AddQueueDialogProps) {
  const { t } = useTranslation(['queues', 'ui'])
  const describe = useDescribeError()
  const [name, setName] = useState('')
  const [fault, setFault] = useState<string | null>(null)
  const add = useMutation(
    orpc.queues.add.mutationOptions({
      onSuccess: (queue) => {
        toastSuccess({ title: t('added', { name: queue.name }), message: t('addedMessage') })
        onAdded(queue)
      },
    }),
  )
  const queue = name.trim()
  const refusal = add.error === null ? null : describe(add.error)

  function validate(): string | null {
    if (queue === '') return t('addNameEmpty')
    if (queue.includes(':')) return t('addNameColon')
    return known.includes(queue) ? t('addNameKnown') : null
  }

  return (
    <Modal
      opened
      centered
      size={440}
      title={t('addTitle')}
      closeButtonProps={{ 'aria-label': t('ui:close') }}
      onClose={onClose}
    >
      <form
        className={classes.form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          const found = validate()
          setFault(found)
          if (found === null) {
            add.mutate({ environment, queue })
          }
        }}
      >
        <p className={classes.formText}>{t('addText')}</p>
        <TextInput
          label={t('addName')}
          data-autofocus
          autoComplete="off"
          spellCheck={false}
          value={name}
          error={fault ?? (refusal === null ? undefined : `${refusal.title}. ${refusal.detail}`)}
          onChange={(event) => {
            setName(event.currentTarget.value)
            setFault(null)
            add.reset()
          }}
        />
        <div className={classes.formButtons}>
          <Button variant="default" onClick={onClose}>
            {t('ui:cancel')}
          </Button>
          <Button type="submit" loading={add.isPending}>
            {t('add')}
          </Button>
        </div>
      </form>
    </Modal>
  )
}

import { Button, Modal, Textarea, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { FailureGroup } from '#shared/contract/failures.ts'
import { orpc } from '../../../lib/client/index.ts'
import { useErrorToast } from '../../../ui/use-error-toast.tsx'
import { useReturnFocus } from '../../../ui/use-return-focus.ts'
import classes from '../failures.module.css'
import { isWebAddress } from './group-note.tsx'

interface NoteDialogProps {
  environment: string
  group: Pick<FailureGroup, 'id' | 'name' | 'message' | 'note' | 'runbook'>
  onClose: () => void
}

/** Gives a group a name, a note, and a link to what to do about it. */
export function NoteDialog({ environment, group, onClose }: NoteDialogProps) {
  const { t } = useTranslation(['failures', 'ui'])
  const cache = useQueryClient()
  const onError = useErrorToast()
  const [name, setName] = useState(group.name ?? '')
  const [note, setNote] = useState(group.note ?? '')
  const [runbook, setRunbook] = useState(group.runbook ?? '')
  const [tried, setTried] = useState(false)
  useReturnFocus()
  const update = useMutation(
    orpc.failures.update.mutationOptions({
      onError,
      onSuccess: () => {
        void cache.invalidateQueries({ queryKey: orpc.failures.key() })
        onClose()
      },
    }),
  )
  const link = runbook.trim()
  const wrong = link !== '' && !isWebAddress(link)
  return (
    <Modal
      opened
      centered
      size={520}
      title={t('note.edit')}
      closeButtonProps={{ 'aria-label': t('ui:close') }}
      onClose={onClose}
    >
      <form
        className={classes.form}
        onSubmit={(event) => {
          event.preventDefault()
          setTried(true)
          if (wrong) return
          update.mutate({
            environment,
            group: group.id,
            name: given(name),
            note: given(note),
            runbook: given(runbook),
          })
        }}
      >
        <TextInput
          label={t('note.name')}
          description={t('note.nameHint')}
          placeholder={group.message.slice(0, 100)}
          maxLength={200}
          data-autofocus
          value={name}
          onChange={({ currentTarget }) => setName(currentTarget.value)}
        />
        <Textarea
          label={t('note.text')}
          description={t('note.textHint')}
          autosize
          minRows={3}
          maxRows={12}
          maxLength={5000}
          value={note}
          onChange={({ currentTarget }) => setNote(currentTarget.value)}
        />
        <TextInput
          label={t('note.runbook')}
          description={t('note.runbookHint')}
          placeholder="https://"
          maxLength={2000}
          spellCheck={false}
          value={runbook}
          error={wrong && (tried || link.length > 8) ? t('note.runbookWrong') : undefined}
          onChange={({ currentTarget }) => setRunbook(currentTarget.value)}
        />
        <div className={classes.buttons}>
          <Button variant="default" onClick={onClose}>
            {t('ui:cancel')}
          </Button>
          <Button type="submit" loading={update.isPending}>
            {t('note.save')}
          </Button>
        </div>
      </form>
    </Modal>
  )
}

function given(text: string): string | null {
  return text.trim() === '' ? null : text.trim()
}

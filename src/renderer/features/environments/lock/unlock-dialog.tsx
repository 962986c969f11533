import { Button, Input, Modal, SegmentedControl, Textarea, TextInput } from '@mantine/core'
import { IconLockOpen, IconNotes } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Environment, unlockMinutes } from '#shared/contract/environments.ts'
import { orpc } from '../../../lib/client/index.ts'
import { useEnvironment } from '../../../lib/environments.ts'
import { useDescribeError } from '../../../lib/errors/describe-error.ts'
import { useReturnFocus } from '../../../ui/use-return-focus.ts'
import { KindMark } from '../kind-mark.tsx'
import classes from './unlock-dialog.module.css'
import { endUnlocking, useUnlocking } from './unlocking.ts'

const choices = [unlockMinutes.least, 10, unlockMinutes.usual, 30, unlockMinutes.most]
const shortestReason = 3

/** Asks for what an unlocking needs, when it was asked for. Once in the frame. */
export function UnlockDialog() {
  const environment = useEnvironment(useUnlocking() ?? undefined)
  // Only what is locked can be unlocked: another window may have been quicker.
  if (environment?.lock.state !== 'locked') return null
  return <Unlocking key={environment.id} environment={environment} />
}

function Unlocking({ environment }: { environment: Environment }) {
  const { t } = useTranslation(['lock', 'common'])
  const describe = useDescribeError()
  useReturnFocus()
  const [name, setName] = useState('')
  const [reason, setReason] = useState('')
  const [minutes, setMinutes] = useState<number>(unlockMinutes.usual)
  const [missing, setMissing] = useState({ name: false, reason: false })
  const unlock = useMutation(
    orpc.environments.unlock.mutationOptions({ onSuccess: () => endUnlocking() }),
  )
  const failure = unlock.error === null ? null : describe(unlock.error)
  return (
    <Modal
      opened
      onClose={endUnlocking}
      title={t('title', { name: environment.name })}
      centered
      size={480}
      closeButtonProps={{ 'aria-label': t('common:close') }}
      closeOnClickOutside={!unlock.isPending}
    >
      <form
        className={classes.form}
        data-color={environment.color}
        onSubmit={(event) => {
          event.preventDefault()
          const lacking = {
            name: name !== environment.name,
            reason: reason.trim().length < shortestReason,
          }
          setMissing(lacking)
          if (lacking.name || lacking.reason) return
          unlock.mutate({ environment: environment.id, name, reason: reason.trim(), minutes })
        }}
      >
        <div className={classes.text}>
          <p className={classes.where}>
            <strong>{environment.name}</strong> <KindMark environment={environment} />
            <span className="mono dim">{environment.address}</span>
          </p>
          <p>{t('allows')}</p>
          <p className={classes.audited}>
            <IconNotes size={16} stroke={1.6} aria-hidden />
            {t('audited')}
          </p>
        </div>
        <TextInput
          data-autofocus
          label={t('name', { name: environment.name })}
          autoComplete="off"
          spellCheck={false}
          value={name}
          error={missing.name ? t('nameMissing', { name: environment.name }) : undefined}
          onChange={({ currentTarget: { value } }) => {
            setName(value)
            setMissing({ ...missing, name: false })
          }}
        />
        <Textarea
          label={t('reason')}
          description={t('reasonHint')}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          autosize
          minRows={1}
          maxRows={4}
          maxLength={500}
          value={reason}
          error={missing.reason ? t('reasonMissing') : undefined}
          onChange={({ currentTarget: { value } }) => {
            setReason(value)
            setMissing({ ...missing, reason: false })
          }}
          onKeyDown={(event) => {
            // As in the field above; a line break takes Shift. An input method ends its word by Enter.
            if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return
            event.preventDefault()
            event.currentTarget.form?.requestSubmit()
          }}
        />
        <Input.Wrapper label={t('minutes')} labelElement="div">
          <SegmentedControl
            fullWidth
            aria-label={t('minutes')}
            value={String(minutes)}
            data={choices.map((choice) => ({ value: String(choice), label: String(choice) }))}
            onChange={(value) => setMinutes(Number(value))}
          />
        </Input.Wrapper>
        {failure === null ? null : (
          <div className={classes.failure} role="alert">
            <strong>{failure.title}</strong>
            <p>
              {failure.detail} {failure.next}
            </p>
          </div>
        )}
        <div className={classes.buttons}>
          <Button variant="default" onClick={endUnlocking} disabled={unlock.isPending}>
            {t('common:cancel')}
          </Button>
          <Button
            type="submit"
            color={environment.kind === 'production' ? 'red' : undefined}
            leftSection={<IconLockOpen size={14} aria-hidden />}
            loading={unlock.isPending}
          >
            {t('unlockFor', { count: minutes })}
          </Button>
        </div>
      </form>
    </Modal>
  )
}

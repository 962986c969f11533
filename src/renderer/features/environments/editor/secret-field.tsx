import { ActionIcon, Button, Input, TextInput } from '@mantine/core'
import { IconEye, IconEyeOff, IconKey, IconKeyOff } from '@tabler/icons-react'
import { type ReactNode, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { SecretSlot } from '#shared/contract/profiles.ts'
import type { SecretDraft } from './draft.ts'
import classes from './editor.module.css'
import { FileText } from './file-text.tsx'
import { useEditorFacts, useEditorForm } from './form.ts'

/** Those that are whole files rather than a word. */
const files: ReadonlySet<SecretSlot> = new Set(['tlsKey', 'sshKey'])

/**
 * A secret: one that is kept is never shown, only replaced or removed. One that is not is typed or, for
 * a key, chosen as a file.
 */
export function SecretField({ slot }: { slot: SecretSlot }) {
  const { t } = useTranslation('environmentEditor')
  const form = useEditorForm()
  const isKept = useEditorFacts().kept.includes(slot)
  const { change } = form.getValues().secrets[slot]
  const become = (next: SecretDraft['change']) =>
    form.setFieldValue(`secrets.${slot}`, { change: next, text: '' })

  if (isKept && change === 'keep') {
    return (
      <Kept slot={slot}>
        <KeptWords />
        <SmallButton onPress={() => become('replace')}>{t('replace')}</SmallButton>
        <SmallButton onPress={() => become('remove')}>{t('remove')}</SmallButton>
      </Kept>
    )
  }
  if (isKept && change === 'remove') {
    return (
      <Kept slot={slot}>
        <IconKeyOff size={14} aria-hidden />
        <span className={classes.keptWords}>{t('secretRemoved')}</span>
        <SmallButton onPress={() => become('keep')}>{t('undo')}</SmallButton>
      </Kept>
    )
  }
  return (
    <SecretInput slot={slot}>
      {isKept ? (
        <>
          <SmallButton onPress={() => become('keep')}>{t('keep')}</SmallButton>
          <SmallButton onPress={() => become('remove')}>{t('remove')}</SmallButton>
        </>
      ) : null}
    </SecretInput>
  )
}

interface PartProps {
  slot: SecretSlot
  children: ReactNode
}

function Kept({ slot, children }: PartProps) {
  const { t } = useTranslation('environmentEditor')
  const form = useEditorForm()
  const id = useId()
  const { error } = form.getInputProps(`secrets.${slot}`)
  return (
    <Input.Wrapper
      label={t(`secret.${slot}`)}
      labelElement="div"
      labelProps={{ id }}
      error={error as string | undefined}
    >
      <div
        className={classes.kept}
        role="group"
        aria-labelledby={id}
        data-path={`secrets.${slot}`}
        data-invalid={error === undefined ? undefined : true}
      >
        {children}
      </div>
    </Input.Wrapper>
  )
}

function KeptWords() {
  const { t } = useTranslation('environmentEditor')
  const { keptIn, takesOverFrom } = useEditorFacts()
  return (
    <>
      <IconKey size={14} aria-hidden />
      <span className={classes.keptWords}>
        {takesOverFrom === null
          ? t(`secretKept.${keptIn ?? 'keychain'}`)
          : t('secretTakenOver', { name: takesOverFrom })}
      </span>
    </>
  )
}

function SecretInput({ slot, children }: PartProps) {
  const { t } = useTranslation('environmentEditor')
  const form = useEditorForm()
  const [shown, setShown] = useState(false)
  const path = `secrets.${slot}`
  const { error } = form.getInputProps(path)
  const { text } = form.getValues().secrets[slot]
  const type = (typed: string) =>
    form.setFieldValue(path, { ...form.getValues().secrets[slot], text: typed })
  const eye = (
    <ActionIcon
      variant="subtle"
      color="gray"
      size="sm"
      aria-label={t(shown ? 'hide' : 'show')}
      onClick={() => setShown(!shown)}
    >
      {shown ? <IconEyeOff size={14} aria-hidden /> : <IconEye size={14} aria-hidden />}
    </ActionIcon>
  )
  if (files.has(slot)) {
    return (
      <FileText
        path={path}
        label={t(`secret.${slot}`)}
        placeholder={t('keyPlaceholder')}
        value={text}
        problem={error as string | undefined}
        concealed={!shown && text !== ''}
        tools={
          <>
            {children}
            {eye}
          </>
        }
        onText={type}
      />
    )
  }
  return (
    <div className={classes.file}>
      <div className={classes.fileTools}>{children}</div>
      <TextInput
        label={t(`secret.${slot}`)}
        data-path={path}
        type={shown ? 'text' : 'password'}
        autoComplete="new-password"
        spellCheck={false}
        value={text}
        error={error as string | undefined}
        rightSection={eye}
        onChange={(event) => type(event.currentTarget.value)}
      />
    </div>
  )
}

function SmallButton({ onPress, children }: { onPress: () => void; children: ReactNode }) {
  return (
    <Button variant="subtle" size="compact-xs" className={classes.small} onClick={onPress}>
      {children}
    </Button>
  )
}

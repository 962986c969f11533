import { CloseButton, TextInput, type TextInputProps } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { type RefObject, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'

const typingPause = 250

interface FilterInputProps extends Pick<
  TextInputProps,
  'className' | 'placeholder' | 'leftSection'
> {
  label: string
  value: string
  /** What is typed is not understood. */
  wrong?: boolean
  field?: RefObject<HTMLInputElement | null> | undefined
  /** Told trimmed, once typing pauses. */
  onChange: (text: string) => void
}

/** A text that a list is filtered by, told while it is typed; Escape leaves it. */
export function FilterInput({
  label,
  value,
  wrong = false,
  field,
  onChange,
  ...look
}: FilterInputProps) {
  const { t } = useTranslation('common')
  const [text, setText] = useState(value)
  const told = useRef(value)
  const tell = useDebouncedCallback((next: string) => {
    told.current = next
    onChange(next)
  }, typingPause)
  useEffect(() => {
    if (value === told.current) return
    told.current = value
    setText(value)
  }, [value])
  return (
    <TextInput
      {...look}
      ref={field}
      aria-label={label}
      aria-invalid={wrong}
      value={text}
      error={wrong}
      spellCheck={false}
      onChange={({ currentTarget }) => {
        setText(currentTarget.value)
        tell(currentTarget.value.trim())
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') event.currentTarget.blur()
      }}
      rightSection={
        text === '' ? null : (
          <CloseButton
            size="xs"
            aria-label={t('clear')}
            onClick={() => {
              setText('')
              tell('')
            }}
          />
        )
      }
    />
  )
}

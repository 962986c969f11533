import { UnstyledButton } from '@mantine/core'
import { IconCheck, IconCopy } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { toastFailure } from '../lib/toast.tsx'
import classes from './copy-text.module.css'
import { Hint } from './hint.tsx'

interface CopyTextProps {
  /** What is shown and copied. */
  text: string
  /** What it is, for the label "Copy …". */
  what: string
  /** Show only the button. */
  iconOnly?: boolean
  /** Show this many characters at most, from the end; the whole is copied. */
  shorten?: number
}

/** A monospaced id with a button that copies it and says so. */
export function CopyText({ text, what, iconOnly = false, shorten }: CopyTextProps) {
  const { t } = useTranslation('ui')
  const { copied, copy } = useCopy()
  const label = copied ? t('copied') : t('copy', { what })
  const shown = shorten !== undefined && text.length > shorten ? `${text.slice(0, shorten)}…` : text
  return (
    <span className={classes.root}>
      {iconOnly ? null : (
        <span className={classes.text} title={shown === text ? undefined : text}>
          {shown}
        </span>
      )}
      <Hint label={label}>
        <UnstyledButton
          className={classes.button}
          data-copied={copied || undefined}
          aria-label={label}
          onClick={(event) => {
            event.stopPropagation()
            copy(text)
          }}
        >
          {copied ? <IconCheck size={14} aria-hidden /> : <IconCopy size={14} aria-hidden />}
        </UnstyledButton>
      </Hint>
    </span>
  )
}

/** Copies text, and says for a moment that it did. */
export function useCopy(): { copied: boolean; copy: (text: string) => void } {
  const { t } = useTranslation('ui')
  const [copied, setCopied] = useState(false)
  useEffect(() => {
    if (!copied) return undefined
    const timer = setTimeout(() => setCopied(false), 1500)
    return () => clearTimeout(timer)
  }, [copied])
  const copy = (text: string) => {
    navigator.clipboard.writeText(text).then(
      () => setCopied(true),
      () => toastFailure({ title: t('copyFailed') }),
    )
  }
  return { copied, copy }
}

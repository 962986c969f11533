import { TextInput } from '@mantine/core'
import { IconChevronDown, IconChevronUp, IconSearch } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { IconButton } from '../../../ui/icon-button.tsx'
import classes from './json.module.css'

interface FindBarProps {
  label: string
  words: string
  onWords: (words: string) => void
  /** What was found, in words. */
  found: string | null
  onNext: () => void
  onPrevious: () => void
}

/** A search field that walks through its matches: Enter goes on, Shift+Enter back, Esc empties it. */
export function FindBar(props: FindBarProps) {
  const { t } = useTranslation('jobs')
  return (
    <div className={classes.find} role="search">
      <TextInput
        className={classes.findInput}
        type="search"
        aria-label={props.label}
        placeholder={props.label}
        leftSection={<IconSearch size={14} aria-hidden />}
        value={props.words}
        onChange={({ currentTarget: { value } }) => props.onWords(value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') {
            event.preventDefault()
            if (event.shiftKey) props.onPrevious()
            else props.onNext()
          } else if (event.key === 'Escape' && props.words !== '') {
            event.preventDefault()
            event.stopPropagation()
            props.onWords('')
          }
        }}
      />
      {props.found === null ? null : (
        <>
          <span className={classes.found} role="status">
            {props.found}
          </span>
          <IconButton label={t('data.previous')} icon={IconChevronUp} onPress={props.onPrevious} />
          <IconButton label={t('data.next')} icon={IconChevronDown} onPress={props.onNext} />
        </>
      )}
    </div>
  )
}

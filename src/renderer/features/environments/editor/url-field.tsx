import { TextInput } from '@mantine/core'
import { IconClipboardCheck } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { parseRedisUrl, type RedisUrl, type RedisUrlProblem } from '#shared/domain/redis-url.ts'
import classes from './editor.module.css'

interface UrlFieldProps {
  onUrl: (url: RedisUrl) => void
}

/**
 * Fills the form from a Redis URL, as soon as one is pasted or typed and entered. The text is let go at
 * once: it may hold a password, which then stands in its own field, hidden.
 */
export function UrlField({ onUrl }: UrlFieldProps) {
  const { t } = useTranslation('environmentEditor')
  const [text, setText] = useState('')
  const [problem, setProblem] = useState<RedisUrlProblem | null>(null)
  const [taken, setTaken] = useState(false)
  const take = (url: string) => {
    const parsed = parseRedisUrl(url)
    const bad = typeof parsed === 'string'
    setProblem(bad ? parsed : null)
    setTaken(!bad)
    setText(bad ? url : '')
    if (!bad) onUrl(parsed)
  }
  return (
    <TextInput
      className={classes.wide}
      label={t('url')}
      placeholder={t('urlPlaceholder')}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      description={
        taken ? (
          <span role="status" className={classes.taken}>
            <IconClipboardCheck size={14} aria-hidden /> {t('urlTaken')}
          </span>
        ) : (
          t('urlHint')
        )
      }
      autoComplete="off"
      spellCheck={false}
      value={text}
      error={problem === null ? undefined : t(`urlProblem.${problem}`)}
      onChange={(event) => {
        setText(event.currentTarget.value)
        setProblem(null)
        setTaken(false)
      }}
      onPaste={(event) => {
        event.preventDefault()
        take(event.clipboardData.getData('text'))
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && text !== '') take(text)
      }}
      onBlur={() => {
        if (text !== '') take(text)
      }}
    />
  )
}

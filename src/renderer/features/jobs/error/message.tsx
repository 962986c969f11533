import { UnstyledButton } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { VirtualText } from '../text/virtual-text.tsx'
import { visibleText } from '../text/visible-text.ts'
import classes from './error.module.css'

/** Characters of a message that are shown at once. */
const longest = 1_500

interface MessageProps {
  name: string | null
  text: string
  prominent: boolean
}

/** What an error says: its name and message; a very long message is cut until it is asked for. */
export function Message({ name, text, prominent }: MessageProps) {
  const { t } = useTranslation('jobs')
  const [whole, setWhole] = useState(false)
  const long = text.length > longest
  return (
    <div className={classes.message} data-prominent={prominent || undefined}>
      {name === null ? null : <span className={classes.errorName}>{visibleText(name)}</span>}
      {whole ? (
        <div className={classes.whole}>
          <VirtualText label={t('error.inFull')} text={text} />
        </div>
      ) : (
        <p className={classes.messageText}>
          {visibleText(text.slice(0, longest))}
          {long ? '…' : null}
        </p>
      )}
      {long && !whole ? (
        <UnstyledButton className={classes.more} onClick={() => setWhole(true)}>
          {t('data.showRest', { count: text.length })}
        </UnstyledButton>
      ) : null}
    </div>
  )
}

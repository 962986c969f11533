import { Button, FileButton, Textarea } from '@mantine/core'
import { type DragEvent, type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './editor.module.css'

/** Larger than any key or chain of certificates, in bytes. */
const largest = 100_000

interface FileTextProps {
  path: string
  label: string
  description?: string
  placeholder: string
  value: string
  problem: string | undefined
  /** Shows dots instead of what is typed. */
  concealed?: boolean
  /** Further buttons at the end of the label's line. */
  tools?: ReactNode
  onText: (text: string) => void
}

/** A text that usually is a file: pasted, chosen or dropped. */
export function FileText(props: FileTextProps) {
  const { path, label, placeholder, value, problem, concealed = false, tools, onText } = props
  const { t } = useTranslation('environmentEditor')
  const [tooLarge, setTooLarge] = useState(false)
  const [over, setOver] = useState(false)

  const take = async (file: File | null | undefined) => {
    if (file === null || file === undefined) return
    setTooLarge(file.size > largest)
    if (file.size <= largest) onText(await file.text())
  }
  const drag = (event: DragEvent, inside: boolean) => {
    event.preventDefault()
    setOver(inside)
  }

  return (
    <div className={`${classes.wide} ${classes.file}`}>
      <div className={classes.fileTools}>
        {tools}
        <FileButton onChange={(file) => void take(file)}>
          {({ onClick }) => (
            <Button variant="subtle" size="compact-xs" className={classes.small} onClick={onClick}>
              {t('chooseFile')}
            </Button>
          )}
        </FileButton>
      </div>
      <Textarea
        label={label}
        description={props.description}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        data-path={path}
        data-over={over || undefined}
        classNames={{ input: concealed ? `${classes.pem} ${classes.concealed}` : classes.pem }}
        placeholder={placeholder}
        rows={2}
        autoComplete="off"
        spellCheck={false}
        value={value}
        error={tooLarge ? t('fileTooLarge') : problem}
        onChange={(event) => {
          setTooLarge(false)
          onText(event.currentTarget.value)
        }}
        onDragOver={(event) => drag(event, true)}
        onDragLeave={(event) => drag(event, false)}
        onDrop={(event) => {
          drag(event, false)
          void take(event.dataTransfer.files.item(0))
        }}
      />
    </div>
  )
}

import { useDebouncedValue } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { type KeyboardEvent, useEffect, useId, useLayoutEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { KeyHint } from '../../ui/key-hint.tsx'
import { closeOverlay } from '../frame/overlays.ts'
import { type Entry, useEntries } from './entries.ts'
import classes from './palette.module.css'

const typingPause = 150

/** Type to find pages, queues, commands and jobs by id; arrows move, Enter opens. */
export function PaletteBody({ environment }: { environment: string | undefined }) {
  const { t } = useTranslation('frame')
  const [text, setText] = useState('')
  const [id] = useDebouncedValue(text.trim(), typingPause)
  const { sections, finding } = useEntries(environment, text, id)
  const entries = sections.flatMap((section) => section.entries)
  const [activeId, setActiveId] = useState<string | null>(null)
  const active = Math.max(
    0,
    entries.findIndex((entry) => entry.id === activeId),
  )
  const listId = useId()

  const activeLine = entries.length === 0 ? undefined : `${listId}-${active}`
  const field = useRef<HTMLInputElement>(null)
  // At once, not when the dialog has settled: keys pressed after the shortcut belong here.
  useLayoutEffect(() => field.current?.focus(), [])
  useEffect(() => {
    if (activeLine === undefined) return
    document.getElementById(activeLine)?.scrollIntoView({ block: 'nearest' })
  }, [activeLine])

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step !== undefined && entries.length > 0) {
      event.preventDefault()
      setActiveId(entries[(active + step + entries.length) % entries.length]?.id ?? null)
    }
    if (event.key === 'Enter') {
      event.preventDefault()
      run(entries[active])
    }
  }

  return (
    <>
      <div className={classes.search}>
        <IconSearch size={16} stroke={1.8} aria-hidden />
        <input
          ref={field}
          data-autofocus
          className={classes.input}
          role="combobox"
          aria-label={t('palette.label')}
          aria-expanded
          aria-controls={listId}
          aria-autocomplete="list"
          aria-activedescendant={activeLine}
          placeholder={t('palette.placeholder')}
          spellCheck={false}
          autoComplete="off"
          value={text}
          onChange={(event) => {
            setText(event.currentTarget.value)
            setActiveId(null)
          }}
          onKeyDown={onKeyDown}
        />
      </div>
      <div id={listId} role="listbox" aria-label={t('palette.label')} className={classes.list}>
        {sections.map((section) => (
          <div key={section.title} role="group" aria-label={section.title}>
            <div className={classes.title} aria-hidden>
              {section.title}
            </div>
            {section.entries.map((entry) => {
              const index = entries.indexOf(entry)
              return (
                <Line
                  key={entry.id}
                  id={`${listId}-${index}`}
                  entry={entry}
                  active={index === active}
                  onHover={() => setActiveId(entry.id)}
                  onRun={() => run(entry)}
                />
              )
            })}
          </div>
        ))}
      </div>
      <div className={classes.state} role="status">
        {finding ? t('palette.finding') : null}
        {!finding && entries.length === 0 ? (
          <>
            <p className={classes.nothing}>{t('palette.nothing', { text })}</p>
            <p>{t('palette.nothingHow')}</p>
          </>
        ) : null}
      </div>
      <div className={classes.keys} aria-hidden>
        <span>
          <KeyHint shortcut="ArrowUp ArrowDown" /> {t('palette.toMove')}
        </span>
        <span>
          <KeyHint shortcut="Enter" /> {t('palette.toOpen')}
        </span>
        <span>
          <KeyHint shortcut="Escape" /> {t('palette.toClose')}
        </span>
      </div>
    </>
  )
}

function run(entry: Entry | undefined): void {
  if (entry === undefined) return
  closeOverlay()
  entry.run()
}

interface LineProps {
  id: string
  entry: Entry
  active: boolean
  onHover: () => void
  onRun: () => void
}

function Line({ id, entry, active, onHover, onRun }: LineProps) {
  const { icon: Icon } = entry
  return (
    // The field above has the focus and the keys; a line is only pressed.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus
    <div
      id={id}
      role="option"
      aria-selected={active}
      aria-disabled={entry.refused !== undefined}
      className={classes.line}
      onMouseMove={onHover}
      onMouseDown={(event) => event.preventDefault()}
      onClick={onRun}
    >
      {Icon === undefined ? null : <Icon size={16} stroke={1.6} />}
      <span className={classes.label}>{entry.label}</span>
      {entry.detail === undefined ? null : <span className={classes.detail}>{entry.detail}</span>}
      {entry.shortcut === undefined ? null : <KeyHint shortcut={entry.shortcut} />}
    </div>
  )
}

import { IconArrowRight, IconCheck, IconSearch } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { type KeyboardEvent, useEffect, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Environment } from '#shared/contract/environments.ts'
import { useGoToEnvironment } from '../../../lib/places.ts'
import { KeyHint } from '../../../ui/key-hint.tsx'
import { HealthWords } from '../connection/health-words.tsx'
import { byFolder, inOrder, matching } from '../folders.ts'
import { KindMark } from '../kind-mark.tsx'
import { LockMark } from '../lock/lock-mark.tsx'
import classes from './environment-picker.module.css'
import { closeSwitcher } from './switcher.ts'

interface EnvironmentPickerProps {
  environments: readonly Environment[]
  current: string | undefined
}

/** All environments with their state, by folder: type to narrow, arrows move, Enter switches. */
export function EnvironmentPicker({ environments, current }: EnvironmentPickerProps) {
  const { t } = useTranslation(['environments', 'common'])
  const go = useGoToEnvironment()
  const [text, setText] = useState('')
  const folders = byFolder(matching(environments, text))
  const shown = folders.flatMap((folder) => folder.environments)
  const order = inOrder(environments)
  const [activeId, setActiveId] = useState<string | undefined>(current)
  const active = shown.find(({ id }) => id === activeId) ?? shown[0]
  const list = useId()
  const here = environments.find(({ id }) => id === current)
  const lineOf = (id: string) => `${list}-${order.findIndex((each) => each.id === id)}`
  const activeLine = active === undefined ? undefined : lineOf(active.id)
  useEffect(() => {
    if (activeLine !== undefined) {
      document.getElementById(activeLine)?.scrollIntoView({ block: 'nearest' })
    }
  }, [activeLine])

  const choose = (environment: Environment | undefined) => {
    if (environment === undefined) return
    closeSwitcher()
    go(environment.id)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step !== undefined && shown.length > 0 && active !== undefined) {
      event.preventDefault()
      const next = (shown.indexOf(active) + step + shown.length) % shown.length
      setActiveId(shown[next]?.id)
    }
    if (event.key === 'Enter') {
      event.preventDefault()
      choose(active)
    }
  }

  return (
    <>
      <div className={classes.search}>
        <IconSearch size={14} stroke={1.8} aria-hidden />
        <input
          data-autofocus
          className={classes.input}
          role="combobox"
          aria-label={t('filter')}
          aria-expanded
          aria-controls={list}
          aria-autocomplete="list"
          aria-activedescendant={activeLine}
          placeholder={t('filter')}
          spellCheck={false}
          autoComplete="off"
          value={text}
          onChange={({ currentTarget: { value } }) => {
            setText(value)
            setActiveId(undefined)
          }}
          onKeyDown={onKeyDown}
        />
      </div>
      <div id={list} role="listbox" aria-label={t('switch')} className={classes.list}>
        {folders.map((folder) => (
          <div key={folder.name ?? ''} role="group" aria-label={folder.name ?? t('noFolder')}>
            {folder.name === null ? null : (
              <div className={classes.folder} aria-hidden>
                {folder.name}
              </div>
            )}
            {folder.environments.map((environment) => (
              <Line
                key={environment.id}
                id={lineOf(environment.id)}
                environment={environment}
                place={order.indexOf(environment) + 1}
                active={environment === active}
                current={environment.id === current}
                onHover={() => setActiveId(environment.id)}
                onChoose={() => choose(environment)}
              />
            ))}
          </div>
        ))}
      </div>
      <div role="status">
        {shown.length === 0 ? <p className={classes.nothing}>{t('noMatch', { text })}</p> : null}
      </div>
      <div className={classes.foot}>
        <Link to="/environments" className={classes.link} onClick={closeSwitcher}>
          {t('overview', { count: environments.length })}
          <IconArrowRight size={14} stroke={1.8} aria-hidden />
        </Link>
        {here === undefined ? null : (
          <Link
            to="/environments"
            search={{ environment: here.id }}
            className={classes.link}
            onClick={closeSwitcher}
          >
            {t('details', { name: here.name })}
          </Link>
        )}
      </div>
    </>
  )
}

interface LineProps {
  id: string
  environment: Environment
  /** From 1, among all. */
  place: number
  active: boolean
  current: boolean
  onHover: () => void
  onChoose: () => void
}

function Line({ id, environment, place, active, current, onHover, onChoose }: LineProps) {
  const { t } = useTranslation('environments')
  return (
    // The field above has the focus and the keys; a line is only pressed.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus
    <div
      id={id}
      role="option"
      aria-selected={active}
      aria-current={current ? 'true' : undefined}
      className={classes.line}
      data-color={environment.color}
      onMouseMove={onHover}
      onMouseDown={(event) => event.preventDefault()}
      onClick={onChoose}
    >
      <span className={classes.name}>
        <span className={classes.nameText}>{environment.name}</span>
        {current ? <IconCheck size={14} stroke={2} role="img" aria-label={t('current')} /> : null}
      </span>
      <span className={classes.kind}>
        <KindMark environment={environment} />
      </span>
      <span className={classes.state}>
        <HealthWords health={environment.health} without="nextTry" />
      </span>
      <span className={classes.lock}>
        <LockMark lock={environment.lock} />
      </span>
      <span className={classes.keys}>
        {place < 10 ? <KeyHint shortcut={`mod+${place}`} /> : null}
      </span>
    </div>
  )
}

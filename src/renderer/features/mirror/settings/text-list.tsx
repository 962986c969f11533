import { Button, TextInput } from '@mantine/core'
import { IconArrowDown, IconArrowUp, IconPlus, IconX } from '@tabler/icons-react'
import { type ReactNode, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { IconButton } from '../../../ui/icon-button.tsx'
import { moved } from './draft.ts'
import classes from './settings.module.css'

interface TextListProps {
  values: readonly string[]
  /** What each is called, from 1. */
  labelOf: (number: number) => string
  /** Why one does not hold; undefined where it does. */
  problemOf: (index: number) => string | undefined
  addLabel: string
  placeholder: string
  /** The first that fits counts, so their order can be changed. */
  ordered?: boolean
  most: number
  /** Where there is none. */
  none?: ReactNode
  /** Beside the button that adds one. */
  more?: ReactNode
  onChange: (values: string[]) => void
}

/** Short texts, each in a field of its own, that can be added, removed and put in order. */
export function TextList(props: TextListProps) {
  const { values, labelOf, problemOf, ordered = false, onChange } = props
  const { t } = useTranslation('mirror')
  const list = useRef<HTMLDivElement>(null)
  const focusOn = (index: number) =>
    setTimeout(() => list.current?.querySelectorAll('input')[index]?.focus())
  const remove = (index: number) => {
    onChange(values.filter((_, each) => each !== index))
    focusOn(Math.max(0, index - 1))
  }
  const move = (index: number, by: 1 | -1) => {
    onChange(moved(values, index, by))
    focusOn(Math.max(0, Math.min(values.length - 1, index + by)))
  }
  return (
    <div ref={list} className={classes.list}>
      {values.map((value, index) => (
        // They have no identity but their place.
        // oxlint-disable-next-line react/no-array-index-key
        <div key={index} className={classes.listed}>
          <TextInput
            className={classes.text}
            classNames={{ input: classes.mono ?? '' }}
            aria-label={labelOf(index + 1)}
            placeholder={props.placeholder}
            value={value}
            error={problemOf(index)}
            spellCheck={false}
            autoComplete="off"
            maxLength={1_200}
            onChange={({ currentTarget }) =>
              onChange(values.map((each, at) => (at === index ? currentTarget.value : each)))
            }
          />
          <span className={classes.tools}>
            {ordered && values.length > 1 ? (
              <>
                <IconButton
                  label={t('settings.moveUp')}
                  icon={IconArrowUp}
                  onPress={() => move(index, -1)}
                />
                <IconButton
                  label={t('settings.moveDown')}
                  icon={IconArrowDown}
                  onPress={() => move(index, 1)}
                />
              </>
            ) : null}
            <IconButton
              label={t('settings.remove', { what: labelOf(index + 1) })}
              icon={IconX}
              onPress={() => remove(index)}
            />
          </span>
        </div>
      ))}
      {values.length >= props.most ? null : (
        <div className={classes.add}>
          {values.length === 0 ? props.none : null}
          <Button
            variant="subtle"
            color="gray"
            size="compact-sm"
            leftSection={<IconPlus size={12} aria-hidden />}
            onClick={() => {
              onChange([...values, ''])
              focusOn(values.length)
            }}
          >
            {props.addLabel}
          </Button>
          {props.more}
        </div>
      )}
    </div>
  )
}

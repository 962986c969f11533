import { type KeyboardEvent, type PointerEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './split-view.module.css'

interface SeparatorProps {
  /** Width of the pane at its right, in pixels. */
  value: number
  least: number
  most: number
  onChange: (value: number) => void
}

const step = 16

/** The edge between list and pane: dragged, or moved with the left and right arrows. */
export function Separator({ value, least, most, onChange }: SeparatorProps) {
  const { t } = useTranslation('ui')
  const [drag, setDrag] = useState<{ x: number; value: number } | null>(null)
  const set = (next: number) => onChange(Math.max(least, Math.min(most, Math.round(next))))
  const onKeyDown = (event: KeyboardEvent) => {
    const next = {
      ArrowLeft: value + step,
      ArrowRight: value - step,
      Home: most,
      End: least,
    }[event.key]
    if (next === undefined) return
    event.preventDefault()
    set(next)
  }
  const onPointerDown = (event: PointerEvent<HTMLDivElement>) => {
    event.currentTarget.setPointerCapture(event.pointerId)
    setDrag({ x: event.clientX, value })
  }
  return (
    // A separator that can be moved is a widget: it takes the focus and has a value.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <div
      className={classes.separator}
      role="separator"
      aria-orientation="vertical"
      aria-label={t('resize')}
      aria-valuenow={value}
      aria-valuemin={least}
      aria-valuemax={most}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
      data-dragged={drag !== null || undefined}
      onKeyDown={onKeyDown}
      onPointerDown={onPointerDown}
      onPointerMove={(event) => {
        if (drag !== null) set(drag.value + drag.x - event.clientX)
      }}
      onPointerUp={() => setDrag(null)}
      onPointerCancel={() => setDrag(null)}
    />
  )
}

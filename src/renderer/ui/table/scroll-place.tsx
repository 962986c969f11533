import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../lib/format/use-format.ts'
import classes from './virtual-table.module.css'

/** How long it stays after the list came to rest, in milliseconds. */
const stays = 900

interface ScrollPlaceProps {
  /** Index of the first row in view. */
  first: number
  count: number
  /** How far the list is scrolled, from 0 to 1. */
  share: number
}

/** Beside the scroll bar while one scrolls: which row of how many is on top. Rows say it themselves to others. */
export function ScrollPlace({ first, count, share }: ScrollPlaceProps) {
  const { t } = useTranslation('ui')
  const format = useFormat()
  const before = useRef(first)
  const [moving, setMoving] = useState(false)
  useEffect(() => {
    if (before.current === first) return undefined
    before.current = first
    setMoving(true)
    const timer = setTimeout(() => setMoving(false), stays)
    return () => clearTimeout(timer)
  }, [first])
  if (!moving) return null
  return (
    <div
      className={classes.place}
      style={{ top: `clamp(56px, calc(32px + (100% - 32px) * ${share}), calc(100% - 24px))` }}
      aria-hidden
    >
      {t('table.place', { row: format.count(first + 1), total: format.count(count) })}
    </div>
  )
}

import { useTranslation } from 'react-i18next'
import type { MirrorStatus } from '#shared/contract/mirror.ts'
import { useFormat } from '../../lib/format/use-format.ts'
import { courseOf, shareOf } from './mirror-look.ts'

interface Work {
  done: number
  total: number
  /** Per second; null while unknown. */
  rate?: number | null
  /** Milliseconds; null while unknown. */
  left?: number | null
}

/** A mirror's state in words: "synced 3s ago", "812 behind", "72% backfilled", and what it is at. */
export function useMirrorWords() {
  const { t } = useTranslation('mirror')
  const format = useFormat()
  const asOf = ({ syncedAt }: Pick<MirrorStatus, 'syncedAt'>, now: number) =>
    syncedAt === null ? t('never') : t('asOf', { time: format.clock(syncedAt, now) })
  const state = (status: MirrorStatus, now: number): string => {
    const course = courseOf(status, now)
    const { backfill, syncedAt, behind, problem, unread } = status
    if (course === 'following' && syncedAt !== null) {
      return t('synced', { ago: format.relative(syncedAt, now) })
    }
    if (course === 'behind') return t('behind', { count: behind })
    if (course === 'backfilling' && backfill !== null && backfill.total > 0) {
      return t('backfilled', { share: format.share(shareOf(backfill)) })
    }
    if (course === 'offline') return asOf(status, now)
    if (course === 'unread') return t(`unread.${unread ?? 'unknown'}`)
    if (course === 'failed') return t(`failed.${problem ?? 'unavailable'}`)
    return t(`state.${course}`)
  }
  return {
    asOf,
    state,
    /** "812,000 of 1,128,000 · 82,000 a second · 4 s left", as far as it is known. */
    work: ({ done, total, rate = null, left = null }: Work): string =>
      [
        t('ofAll', { done: format.count(done), total: format.count(total) }),
        ...(rate === null ? [] : [t('rate', { rate: format.count(Math.round(rate)) })]),
        ...(left === null ? [] : [t('left', { left: format.duration(left) })]),
      ].join(' · '),
  }
}

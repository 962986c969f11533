import { useEffect, useEffectEvent, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { Environment } from '#shared/contract/environments.ts'
import { useEnvironments } from '../../../lib/environments.ts'
import { toastNotice } from '../../../lib/toast.tsx'
import { wasLockedHere } from '../lock/use-lock-now.ts'
import { changesBetween } from './changes.ts'

/** What comes within this time is told in one line; what has passed by then is not told. */
const together = 1_000

/**
 * Tells in a line what happened to environments: locked again, another server answers, away or back.
 * That the one in front is away is told by its own page.
 */
export function EnvironmentNotices({ front }: { front: string | undefined }) {
  const { t } = useTranslation('environments')
  const { data: environments } = useEnvironments()
  const before = useRef<readonly Environment[]>(undefined)
  const servers = useRef(new Map<string, string>())
  const away = useRef(new Map<string, string>())
  const back = useRef(new Map<string, string>())
  const told = useRef('')
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)

  const tellAway = useEffectEvent(() => {
    timer.current = undefined
    const names = [...away.current.values()].toSorted()
    const list = names.join(', ')
    if (list !== '' && list !== told.current) {
      toastNotice({
        name: 'environments-away',
        tone: 'warning',
        stays: true,
        title: t('notice.lost', { count: names.length, names: list }),
        message: t('notice.lostText'),
      })
    }
    if (list === '' && told.current !== '') {
      const returned = [...back.current.values()].toSorted()
      toastNotice({
        name: 'environments-away',
        tone: 'success',
        title: t('notice.back', { count: returned.length, names: returned.join(', ') }),
      })
    }
    told.current = list
    if (list === '') back.current.clear()
  })

  const compare = useEffectEvent((now: readonly Environment[]) => {
    if (before.current !== undefined) {
      const changes = changesBetween(before.current, now, servers.current)
      for (const { id, name } of changes.locked) {
        if (!wasLockedHere(id)) {
          toastNotice({
            name: `locked ${id}`,
            tone: 'info',
            title: t('notice.locked', { name }),
            message: t('notice.lockedText'),
          })
        }
      }
      for (const { environment, from, to } of changes.moved) {
        toastNotice({
          name: `moved ${environment.id}`,
          tone: 'warning',
          title: t('notice.moved', { name: environment.name }),
          message: t('notice.movedText', { from, to }),
        })
      }
      for (const { id, name } of changes.lost) {
        back.current.delete(id)
        if (id !== front) away.current.set(id, name)
      }
      for (const { id, name } of changes.back) {
        if (away.current.delete(id)) back.current.set(id, name)
      }
      for (const id of away.current.keys()) {
        const one = now.find((environment) => environment.id === id)
        if (one === undefined || one.health.state === 'offline') away.current.delete(id)
      }
      // The list comes more often than this: a timer that began anew each time would never end.
      timer.current ??= setTimeout(tellAway, together)
    }
    before.current = now
    for (const { id, health } of now) {
      if (health.server !== null) servers.current.set(id, health.server)
    }
  })
  useEffect(() => {
    if (environments !== undefined) compare(environments)
  }, [environments])
  useEffect(
    () => () => {
      clearTimeout(timer.current)
      timer.current = undefined
    },
    [],
  )
  return null
}

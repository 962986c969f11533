import { useRouter, useRouterState } from '@tanstack/react-router'
import { useEffect } from 'react'
import { create } from 'zustand'
import { createJSONStorage, persist } from 'zustand/middleware'

/** Where one was in each environment: page, filters, open job; for this window, also over a reload. */
const usePlaces = create<Record<string, string>>()(
  persist((): Record<string, string> => ({}), {
    name: 'vigie:places',
    version: 1,
    storage: createJSONStorage(() => sessionStorage),
  }),
)

/** The environment that an address of this window belongs to. */
export function environmentOf(href: string): string | undefined {
  const [, id] = /^\/e\/([^/?#]+)\//u.exec(href) ?? []
  return id === undefined ? undefined : decodeURIComponent(id)
}

/** Notes where one is, in each environment. Used once, by the frame. */
export function useKeepPlaces(): void {
  const href = useRouterState({
    // An address that leads to no page is no place to come back to.
    select: ({ matches, resolvedLocation }) =>
      matches.at(-1)?.staticData.page === undefined ? undefined : resolvedLocation?.href,
  })
  useEffect(() => {
    const environment = href === undefined ? undefined : environmentOf(href)
    if (href !== undefined && environment !== undefined) {
      usePlaces.setState({ [environment]: href })
    }
  }, [href])
}

/** The address of where one was last in an environment; its queues at first. */
export function placeIn(environment: string): string {
  return usePlaces.getState()[environment] ?? `/e/${encodeURIComponent(environment)}/queues`
}

/** Goes to an environment, where one was last in it. */
export function useGoToEnvironment(): (environment: string) => void {
  const { history } = useRouter()
  return (environment) => {
    if (environmentOf(history.location.href) !== environment) history.push(placeIn(environment))
  }
}

import { skipToken } from '@tanstack/react-query'
import { useLayoutEffect } from 'react'
import { create } from 'zustand'
import { useShallow } from 'zustand/react/shallow'
import { isReadable, type Cost, type Health, type Rights } from '#shared/contract/connections.ts'
import type { Environment } from '#shared/contract/environments.ts'
import { orpc } from './client/index.ts'
import { type Live, useLive } from './live.ts'

/** How an environment's connection stands, what its Redis user may do, and what this console costs it. */
interface Vitals {
  health: Health
  rights: Rights
  cost: Cost
}

/** The stream of all environments, for whoever wants a part of it without following all of it. */
const useList = create<Live<Environment[]>>(() => ({
  data: undefined,
  asOf: null,
  error: null,
  staleSince: null,
  pending: true,
  retry: () => undefined,
}))
const none: Environment[] = []

/** Follows all environments, in one stream, for as long as the window is open. Once, in the frame. */
export function FollowEnvironments() {
  const live = useLive(orpc.environments.watchAll, undefined)
  useLayoutEffect(() => useList.setState(live))
  return null
}

/** All environments, live: the state of each is always true. */
export function useEnvironments(): Live<Environment[]> {
  return useList()
}

/**
 * Something about all environments; renders again only when that changes, where the list itself changes
 * with each PING.
 */
export function useOfEnvironments<Part>(
  select: (environments: readonly Environment[]) => Part,
): Part {
  return useList(useShallow(({ data }) => select(data ?? none)))
}

/** One environment; undefined until the list arrived or when there is none such. */
export function useEnvironment(id: string | undefined): Environment | undefined {
  return useList(({ data }) => data?.find((environment) => environment.id === id))
}

/** Health, rights and cost of an environment, live at the pace of its PING. */
export function useVitals(environment: string | undefined): Live<Vitals> {
  return useLive(orpc.environments.watch, environment === undefined ? skipToken : { environment })
}

/** Whether an environment's Redis is known not to be read now: what is on screen is then of the past. */
export function useAway(environment: string): boolean {
  return useOfEnvironments((environments) => {
    const health = environments.find(({ id }) => id === environment)?.health
    return health !== undefined && health.state !== 'connecting' && !isReadable(health)
  })
}

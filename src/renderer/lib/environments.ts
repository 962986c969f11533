import { skipToken } from '@tanstack/react-query'
import { isReadable, type Cost, type Health, type Rights } from '#shared/contract/connections.ts'
import type { Environment } from '#shared/contract/environments.ts'
import { orpc } from './client/index.ts'
import { type Live, useLive } from './live.ts'

/** How an environment's connection stands, what its Redis user may do, and what this console costs it. */
export interface Vitals {
  health: Health
  rights: Rights
  cost: Cost
}

/** All environments, live: one stream for all of them, so that the state of each is always true. */
export function useEnvironments(): Live<Environment[]> {
  return useLive(orpc.environments.watchAll, undefined)
}

/** One environment; undefined until the list arrived or when there is none such. */
export function useEnvironment(id: string | undefined): Environment | undefined {
  return useEnvironments().data?.find((environment) => environment.id === id)
}

/** Health, rights and cost of an environment, live at the pace of its PING. */
export function useVitals(environment: string | undefined): Live<Vitals> {
  return useLive(orpc.environments.watch, environment === undefined ? skipToken : { environment })
}

/** Whether an environment's Redis is known not to be read now: what is on screen is then of the past. */
export function useAway(environment: string): boolean {
  const health = useVitals(environment).data?.health
  return health !== undefined && health.state !== 'connecting' && !isReadable(health)
}

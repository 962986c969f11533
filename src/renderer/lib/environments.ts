import { useQuery } from '@tanstack/react-query'
import type { Environment } from '#shared/contract/environments.ts'
import { orpc } from './client/index.ts'
import { type Live, useLive } from './live.ts'
import type { Health } from '#shared/contract/environments.ts'

/** All environments, as last asked for. */
export function useEnvironments() {
  return useQuery(orpc.environments.list.queryOptions({ staleTime: 30_000 }))
}

/** One environment: name, kind, read-only; undefined until the list arrived or when there is none such. */
export function useEnvironment(id: string): Environment | undefined {
  return useEnvironments().data?.find((environment) => environment.id === id)
}

/** Health of an environment, live. */
export function useHealth(environment: string): Live<Health> {
  return useLive(orpc.environments.watch, { environment })
}

/** Whether an environment's Redis is known not to answer now: what is on screen is then of the past. */
export function useAway(environment: string): boolean {
  const state = useHealth(environment).data?.state
  return state === 'reconnecting' || state === 'refused'
}

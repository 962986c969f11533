import { useParams } from '@tanstack/react-router'
import { useEffect } from 'react'
import { create } from 'zustand'
import { persist } from 'zustand/middleware'
import { useOfEnvironments } from './environments.ts'

const useLast = create<{ id: string | null }>()(
  persist((): { id: string | null } => ({ id: null }), { name: 'vigie:environment', version: 1 }),
)

/**
 * The environment the window is on: that of the URL; on a page of none (settings), the one last looked
 * at; else the first. Undefined until the list is known, or when there is none.
 */
export function useCurrentEnvironment(): string | undefined {
  const { environment } = useParams({ strict: false })
  const last = useLast((state) => state.id)
  const known = useOfEnvironments((environments) => environments.map(({ id }) => id))
  useEffect(() => {
    if (environment !== undefined) useLast.setState({ id: environment })
  }, [environment])
  if (environment !== undefined) return environment
  return known.find((id) => id === last) ?? known[0]
}

import { create } from 'zustand'
import { persist } from 'zustand/middleware'

const most = 20

/** Filters that were used last in each environment, the newest first; remembered by this browser or app. */
const useRecent = create<Record<string, string[]>>()(
  persist((): Record<string, string[]> => ({}), { name: 'vigie:filters', version: 1 }),
)

const none: string[] = []

export function useRecentFilters(environment: string): readonly string[] {
  return useRecent((recent) => recent[environment] ?? none)
}

export function rememberFilter(environment: string, filter: string): void {
  if (filter.trim() === '') return
  const before = useRecent.getState()[environment] ?? none
  const filters = [filter, ...before.filter((each) => each !== filter)].slice(0, most)
  useRecent.setState({ [environment]: filters })
}

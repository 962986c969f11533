import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { Settings } from '#shared/contract/settings.ts'
import { orpc } from './client/index.ts'
import { useLive } from './live.ts'

const remembered = 'vigie:settings'
const defaults: Settings = { language: 'system', theme: 'system' }

/** As they were when the page was last open: so that the first paint has the right language and theme. */
export function rememberedSettings(): Settings {
  try {
    const text = localStorage.getItem(remembered)
    return text === null ? defaults : { ...defaults, ...(JSON.parse(text) as Partial<Settings>) }
  } catch {
    return defaults
  }
}

export function rememberSettings(settings: Settings): void {
  localStorage.setItem(remembered, JSON.stringify(settings))
}

/** The preferences, live: another window may change them. */
export function useSettings(): Settings {
  const { data } = useLive(orpc.settings.watch, undefined)
  return data ?? rememberedSettings()
}

/** Changes preferences; on screen at once, taken back when the console refuses. */
export function useUpdateSettings() {
  const cache = useQueryClient()
  const queryKey = orpc.settings.watch.experimental_liveKey()
  return useMutation(
    orpc.settings.update.mutationOptions({
      onMutate: (change) => {
        const before = cache.getQueryData(queryKey)
        cache.setQueryData(queryKey, { ...(before ?? rememberedSettings()), ...change })
        return { before }
      },
      onError: (_error, _change, context) => {
        cache.setQueryData(queryKey, context?.before)
      },
      onSuccess: (settings) => {
        cache.setQueryData(queryKey, settings)
      },
    }),
  )
}

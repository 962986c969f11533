import { ORPCError } from '@orpc/client'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { defaultMirrorSettings, type MirrorSettings } from '#shared/contract/mirror.ts'
import { errorCatalogue } from '#shared/errors.ts'
import { orpc } from '../../../lib/client/index.ts'
import { hasCode } from '../../../lib/errors/has-code.ts'
import { toastSuccess } from '../../../lib/toast.tsx'
import { useErrorToast } from '../../../ui/use-error-toast.tsx'
import {
  type Draft,
  draftOf,
  type Problems,
  problemsOf,
  refusedOf,
  sameSettings,
  settingsOf,
} from './draft.ts'

/** The settings as they are edited, what does not hold, and how they are saved. */
export function useSettingsDraft(environment: string, saved: MirrorSettings) {
  const { t } = useTranslation('mirror')
  const cache = useQueryClient()
  const toastError = useErrorToast()
  const [draft, setDraft] = useState<Draft>(() => draftOf(saved))
  const [refused, setRefused] = useState<Problems>(new Map())
  const typed = problemsOf(draft)
  const configure = useMutation(
    orpc.mirror.configure.mutationOptions({
      onSuccess: (settings) => {
        cache.setQueryData(orpc.mirror.settings.queryKey({ input: { environment } }), settings)
        setDraft(draftOf(settings))
        toastSuccess({ title: t('settings.saved') })
      },
      onError: (error) => {
        if (hasCode(error, 'MIRROR_SETTINGS_INVALID') && error instanceof ORPCError) {
          const { data } = errorCatalogue.MIRROR_SETTINGS_INVALID.data.safeParse(error.data)
          setRefused(refusedOf(data?.issues ?? []))
        }
        toastError(error)
      },
    }),
  )
  const edit = (change: Partial<Draft>) => {
    // What was refused may stand elsewhere now, or be mended.
    setRefused(new Map())
    setDraft((before) => ({ ...before, ...change }))
  }
  return {
    draft,
    problems: new Map([...refused, ...typed]),
    dirty: typed.size > 0 || !sameSettings(settingsOf(draft), saved),
    holds: typed.size === 0,
    saving: configure.isPending,
    edit,
    save: () => {
      if (typed.size === 0) configure.mutate({ environment, change: settingsOf(draft) })
    },
    discard: () => edit(draftOf(saved)),
    toUsual: () => edit(draftOf(defaultMirrorSettings)),
  }
}

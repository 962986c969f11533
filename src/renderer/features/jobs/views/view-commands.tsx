import { IconBookmark } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { View } from '#shared/contract/views.ts'
import { useCommands } from '../../../lib/commands/index.ts'
import { addressOfView, showColumnsOf } from './address-of-view.ts'
import { useViews } from './use-views.ts'

/** Saved views as commands, wherever one is. */
export function ViewCommands({ environment }: { environment: string | undefined }) {
  const views = useViews(environment)
  if (environment === undefined) return null
  // Registered anew when views come or go: the palette may be open already.
  const names = views.map(({ id, name }) => `${id} ${name}`).join('\n')
  return <Registered key={names} environment={environment} views={views} />
}

function Registered({ environment, views }: { environment: string; views: readonly View[] }) {
  const { t } = useTranslation('jobSearch')
  const navigate = useNavigate()
  useCommands(
    views.map((view) => ({
      id: `view.${view.id}`,
      label: t('views.open', { name: view.name }),
      group: 'navigation' as const,
      icon: IconBookmark,
      keywords: view.filter,
      run: () => {
        showColumnsOf(view)
        void navigate({
          to: '/e/$environment/jobs',
          params: { environment },
          search: addressOfView(view),
        })
      },
    })),
  )
  return null
}

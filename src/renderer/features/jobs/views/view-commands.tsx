import { IconBookmark } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useCommands } from '../../../lib/commands/index.ts'
import { addressOfView, showColumnsOf } from './address-of-view.ts'
import { useViews } from './use-views.ts'

/** Saved views as commands, wherever one is. */
export function ViewCommands({ environment }: { environment: string | undefined }) {
  const { t } = useTranslation('jobSearch')
  const navigate = useNavigate()
  const views = useViews(environment)
  useCommands(
    environment === undefined
      ? []
      : views.map((view) => ({
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

import { useMatches } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { useEnvironment } from '../../lib/environments.ts'

/** Titles the window with its page and environment; PRODUCTION comes first. */
export function useTitle(environmentId: string | undefined): void {
  const { t } = useTranslation(['frame', 'common'])
  const environment = useEnvironment(environmentId ?? '')
  const page = useMatches({ select: (matches) => matches.at(-1)?.staticData.page })
  const words = page === undefined ? t('notFound') : t(`common:page.${page}`)
  const name = environment?.name
  const title =
    name === undefined
      ? t('titleAlone', { page: words })
      : t(environment?.kind === 'production' ? 'titleProduction' : 'title', {
          page: words,
          environment: name,
        })
  useEffect(() => {
    document.title = title
  }, [title])
}

import { useTranslation } from 'react-i18next'
import { useCurrentEnvironment } from './current-environment.ts'
import { useDocumentTitle } from './document-title.ts'
import { useEnvironment } from './environments.ts'

/** Titles the window with a page of the current environment; PRODUCTION comes first. */
export function usePageTitle(page: string): void {
  const { t } = useTranslation('frame')
  const environment = useEnvironment(useCurrentEnvironment() ?? '')
  const name = environment?.name ?? ''
  useDocumentTitle(
    environment?.kind === 'production'
      ? t('titleProduction', { page, environment: name })
      : t('title', { page, environment: name }),
  )
}

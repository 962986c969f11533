import { CloseButton, TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { getRouteApi } from '@tanstack/react-router'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { Environment } from '#shared/contract/environments.ts'
import { useCommands } from '../../../lib/commands/index.ts'
import { useEnvironments } from '../../../lib/environments.ts'
import { useFormat } from '../../../lib/format/use-format.ts'
import { PageHeader } from '../../../ui/page-header.tsx'
import { SplitView } from '../../../ui/split-view.tsx'
import { EmptyState, ErrorState, LoadingRows } from '../../../ui/states.tsx'
import { byFolder, matching } from '../folders.ts'
import { EnvironmentButtons } from '../list/environment-buttons.tsx'
import { EnvironmentPane } from './environment-pane.tsx'
import { EnvironmentTable } from './environment-table.tsx'
import { NoEnvironment } from './no-environment.tsx'
import classes from './overview.module.css'
import type { OverviewSearch } from './search.ts'

const route = getRouteApi('/environments')

/** All environments with their state, side by side; the details of one beside them. */
export function OverviewPage() {
  const { t } = useTranslation(['overview', 'common', 'environments'])
  const format = useFormat()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const go = (next: OverviewSearch) => void navigate({ search: next, replace: true })
  const { data: environments, error, retry } = useEnvironments()
  const filter = useRef<HTMLInputElement>(null)
  useCommands([
    {
      id: 'environments.filter',
      label: t('environments:command.filter'),
      group: 'page',
      shortcut: '/',
      icon: IconSearch,
      enabled: environments !== undefined && environments.length > 0,
      run: () => filter.current?.focus(),
    },
  ])

  if (environments === undefined) {
    return error === null ? <LoadingRows /> : <ErrorState error={error} onRetry={retry} />
  }
  if (environments.length === 0) return <NoEnvironment />
  const shown = matching(environments, search.q ?? '')
  const open = environments.find(({ id }) => id === search.environment)
  return (
    <>
      <PageHeader
        title={t('common:page.environments')}
        meta={
          shown.length === environments.length
            ? t('meta', { count: environments.length })
            : t('metaShown', { shown: format.count(shown.length), count: environments.length })
        }
        filters={
          <TextInput
            ref={filter}
            className={classes.filter}
            type="search"
            aria-label={t('environments:filter')}
            placeholder={t('environments:filter')}
            leftSection={<IconSearch size={14} aria-hidden />}
            rightSection={
              search.q === undefined ? null : (
                <CloseButton
                  size="xs"
                  aria-label={t('environments:clearFilter')}
                  onClick={() => go({ ...search, q: undefined })}
                />
              )
            }
            value={search.q ?? ''}
            onChange={({ currentTarget: { value } }) =>
              go({ ...search, q: value === '' ? undefined : value })
            }
            onKeyDown={(event) => {
              if (event.key !== 'Escape') return
              event.stopPropagation()
              go({ ...search, q: undefined })
              event.currentTarget.blur()
            }}
          />
        }
        actions={<EnvironmentButtons />}
      />
      <SplitView
        name="environment"
        detail={
          open === undefined ? null : (
            <EnvironmentPane
              key={open.id}
              environment={open}
              onClose={() => go({ ...search, environment: undefined })}
            />
          )
        }
      >
        {shown.length === 0 ? (
          <EmptyState title={t('environments:noMatch', { text: search.q ?? '' })} />
        ) : (
          <EnvironmentTable
            folders={byFolder(shown)}
            selected={open?.id ?? null}
            onOpen={(environment: Environment) => go({ ...search, environment: environment.id })}
          />
        )}
      </SplitView>
    </>
  )
}

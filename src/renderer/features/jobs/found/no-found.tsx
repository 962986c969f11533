import { Button } from '@mantine/core'
import { IconFilterOff, IconListSearch } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Coverage } from '#shared/contract/job-search.ts'
import { useFormat } from '../../../lib/format/use-format.ts'
import { EmptyState } from '../../../ui/states.tsx'
import { listsGone, readFilter } from '../filter/read-filter.ts'
import { QueueSuggestions } from '../list/queue-suggestions.tsx'

interface NoFoundProps {
  environment: string
  filter: string
  coverage: Coverage | null
}

/** Nothing was found: what was looked at, and how to find more. */
export function NoFound({ environment, filter, coverage }: NoFoundProps) {
  const { t } = useTranslation('jobSearch')
  const format = useFormat()
  const partly = coverage !== null && coverage.backfilled < 1
  const never = coverage === null || coverage.asOf === null
  const wide = listsGone(filter)
  const onlyGone = wide && readFilter(filter).conditions.some(({ field }) => field === 'is')
  if (never || filter === '') {
    return (
      <EmptyState icon={IconListSearch} title={never ? t('none.never') : t('none.any')}>
        {never ? t('none.neverText') : t('none.anyText')}
        <QueueSuggestions environment={environment} />
      </EmptyState>
    )
  }
  return (
    <EmptyState
      icon={IconFilterOff}
      title={t('none.title')}
      actions={
        <>
          {onlyGone ? (
            <Button
              variant="default"
              renderRoot={(props) => (
                <Link
                  {...props}
                  to="/e/$environment/mirror"
                  params={{ environment }}
                  search={{ tab: 'settings' }}
                />
              )}
            >
              {t('none.retention')}
            </Button>
          ) : null}
          {wide ? null : (
            <Button
              variant="default"
              renderRoot={(props) => (
                <Link
                  {...props}
                  from="/e/$environment/jobs"
                  to="."
                  search={{ filter: `${filter} with:gone` }}
                />
              )}
            >
              {t('none.withGone')}
            </Button>
          )}
          <Button
            variant="default"
            renderRoot={(props) => (
              <Link {...props} from="/e/$environment/jobs" to="." search={{}} />
            )}
          >
            {t('none.clear')}
          </Button>
        </>
      }
    >
      {partly
        ? t('none.partly', { share: format.share(coverage.backfilled) })
        : t(onlyGone ? 'none.goneText' : wide ? 'none.wideText' : 'none.text')}
    </EmptyState>
  )
}

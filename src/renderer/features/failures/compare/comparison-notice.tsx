import { IconArrowsLeftRight } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useDescribeError } from '../../../lib/errors/describe-error.ts'
import { NoticeBar } from '../../../ui/notice-bar.tsx'
import { mostCompared, type Other } from './use-compared.ts'

/** What the comparison lacks: environments of which nothing or only something older is known. */
export function ComparisonNotice({ others }: { others: readonly Other[] }) {
  const { t } = useTranslation('failures')
  const describe = useDescribeError()
  const lacking = others.flatMap(({ environment: { name }, state, error, beyond }) => {
    if (state === 'failed') return [`${name}: ${describe(error).title}.`]
    if (state === 'unmirrored') return [t('compare.lacksMirror', { name })]
    if (state === 'offline') return [t('compare.isOffline', { name })]
    return beyond > 0 ? [t('compare.beyond', { name, most: mostCompared })] : []
  })
  return (
    <div role="status">
      {lacking.length === 0 ? null : (
        <NoticeBar tone="warning" icon={IconArrowsLeftRight}>
          {lacking.join(' ')}
        </NoticeBar>
      )}
    </div>
  )
}

import { Button } from '@mantine/core'
import { IconLinkOff, IconShieldCheck } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { orpc } from '../../lib/client/index.ts'
import { useNow } from '../../lib/clock.ts'
import { useDescribeError } from '../../lib/errors/describe-error.ts'
import { useFormat } from '../../lib/format/use-format.ts'
import { Hint } from '../../ui/hint.tsx'
import { NoticeBar } from '../../ui/notice-bar.tsx'

/** The verification of the chain of hashes, asked for by the operator. */
export function useChain() {
  return useQuery(orpc.audit.verify.queryOptions({ enabled: false, gcTime: 0 }))
}
type Chain = ReturnType<typeof useChain>

export function ChainButton({ chain }: { chain: Chain }) {
  const { t } = useTranslation('audit')
  return (
    <Hint label={t('verifyHint')}>
      <Button
        variant="default"
        leftSection={<IconShieldCheck size={16} stroke={1.6} aria-hidden />}
        loading={chain.isFetching}
        onClick={() => void chain.refetch()}
      >
        {t('verify')}
      </Button>
    </Hint>
  )
}

/** What the last verification found. */
export function ChainResult({ chain }: { chain: Chain }) {
  return <div role="status">{chain.isFetching ? null : <Found chain={chain} />}</div>
}

function Found({ chain: { data, error } }: { chain: Chain }) {
  const { t } = useTranslation('audit')
  const format = useFormat()
  const now = useNow()
  const describe = useDescribeError()
  if (error !== null) {
    const { title, detail } = describe(error)
    return (
      <NoticeBar tone="danger" icon={IconLinkOff} strong={`${title}.`}>
        {detail}
      </NoticeBar>
    )
  }
  if (data === undefined) return null
  if (!data.intact) {
    return (
      <NoticeBar
        tone="danger"
        icon={IconLinkOff}
        strong={t('broken', { entry: data.brokenAt ?? 0 })}
      />
    )
  }
  return (
    <NoticeBar tone="success" icon={IconShieldCheck}>
      {t('intact', { count: data.entries, time: format.clock(data.verifiedAt, now) })}
    </NoticeBar>
  )
}

import { ORPCError } from '@orpc/client'
import { useTranslation } from 'react-i18next'
import { useDescribeError } from '../../../lib/errors/describe-error.ts'
import { CopyText } from '../../../ui/copy-text.tsx'

interface RefusalProps {
  refusal: { code: string; data: Record<string, unknown> }
}

/** Why the console would refuse an action, in the words of the error it would give. */
export function Refusal({ refusal }: RefusalProps) {
  const { t } = useTranslation('ui')
  const { title, detail, next } = useDescribeError()(
    new ORPCError(refusal.code, { data: refusal.data }),
  )
  return (
    <>
      <strong>{title}</strong>
      <p>
        {detail} {next}
      </p>
      <CopyText text={refusal.code} what={t('code')} />
    </>
  )
}

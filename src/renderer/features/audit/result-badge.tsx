import {
  IconCircleCheck,
  IconCircleX,
  IconHelpCircle,
  IconLoader2,
  IconShieldX,
} from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { AuditRecord } from '#shared/contract/audit.ts'
import { Badge } from '../../ui/badge.tsx'
import type { Tone } from '../../ui/tone.ts'
import { type Result, resultOf } from './result.ts'

const looks: Record<Result, { tone: Tone; icon: typeof IconCircleCheck }> = {
  done: { tone: 'success', icon: IconCircleCheck },
  refused: { tone: 'warning', icon: IconShieldX },
  failed: { tone: 'danger', icon: IconCircleX },
  unknown: { tone: 'danger', icon: IconHelpCircle },
  open: { tone: 'info', icon: IconLoader2 },
}

interface ResultBadgeProps {
  record: AuditRecord
  variant?: 'soft' | 'plain'
}

/** What came of an action, in icon, colour and word. */
export function ResultBadge({ record, variant = 'soft' }: ResultBadgeProps) {
  const { t } = useTranslation('audit')
  const result = resultOf(record)
  return (
    <Badge {...looks[result]} variant={variant}>
      {t(`result.${result}`)}
    </Badge>
  )
}

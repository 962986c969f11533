import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { budgetSchema, profileFieldsSchema, sshSchema } from '#shared/contract/profiles.ts'
import { useFormat } from '../../../lib/format/use-format.ts'
import type { FieldProblem } from './problems.ts'

const numbers = {
  database: profileFieldsSchema.shape.database,
  'ssh.keepAlive': sshSchema.shape.keepAlive,
  'budget.commandsPerSecond': budgetSchema.shape.commandsPerSecond,
  'budget.bytesPerSecond': budgetSchema.shape.bytesPerSecond,
}

/** A field's problem as a sentence; one of range says the range of that field. */
export function useSayProblem(): (problem: FieldProblem, field: string) => string {
  const { t } = useTranslation('environmentEditor')
  const format = useFormat()
  return useCallback(
    (problem, field) => {
      if (field === 'name' && problem === 'duplicate') return t('nameTaken')
      const number = field in numbers ? numbers[field as keyof typeof numbers] : undefined
      return t(`problem.${problem}`, {
        least: format.count(number?.minValue ?? 0),
        most: format.count(number?.maxValue ?? Number.MAX_SAFE_INTEGER),
      })
    },
    [t, format],
  )
}

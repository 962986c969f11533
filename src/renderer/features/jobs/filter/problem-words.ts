import { useTranslation } from 'react-i18next'
import type { FilterProblem } from '#shared/domain/filter/problem.ts'

/** What is wrong with a part of a filter, as a sentence. */
export function useProblemWords(): (problem: FilterProblem) => string {
  const { t } = useTranslation('jobSearch')
  return ({ problem, text, field }) => t(`problem.${problem}`, { text, field: field ?? '' })
}

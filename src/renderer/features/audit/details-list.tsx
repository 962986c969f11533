import { useTranslation } from 'react-i18next'
import { FactList } from '../../ui/fact-list.tsx'
import { fieldsOf, isKnownField } from './details.ts'
import { EnvironmentValue } from './environment-value.tsx'
import { Value } from './value.tsx'

interface DetailsListProps {
  details: Record<string, unknown>
  /** Whether they are of an environment, rather than of a job. */
  ofEnvironment: boolean
}

/** What the audit kept, field by field; a field this version does not know stands under its own name. */
export function DetailsList({ details, ofEnvironment }: DetailsListProps) {
  const { t } = useTranslation('audit')
  const label = (name: string) => {
    if (name === 'name' && ofEnvironment) return t('field.environmentName')
    return isKnownField(name) ? t(`field.${name}`) : name
  }
  const facts = fieldsOf(details).map(([name, value]) => ({
    label: label(name),
    value: ofEnvironment ? (
      <EnvironmentValue name={name} value={value} />
    ) : (
      <Value name={name} value={value} />
    ),
  }))
  return facts.length === 0 ? <span className="dim">–</span> : <FactList facts={facts} />
}

import { useTranslation } from 'react-i18next'
import type { Extracted } from '#shared/contract/mirror.ts'
import { type ExtractedField, extractedFields } from '#shared/domain/extraction/extracted-fields.ts'
import type { Draft, Problems } from './draft.ts'
import classes from './settings.module.css'
import { TextList } from './text-list.tsx'

/** As the contract has it. */
const mostPaths = 10

interface MappingEditorProps {
  mapping: Draft['mapping']
  problems: Problems
  /** What these paths lead to in a real job; null while none is shown. */
  found: Extracted | null
  onChange: (mapping: Draft['mapping']) => void
}

/** For each field the paths it is read from, and what they lead to in the job of the preview. */
export function MappingEditor({ mapping, problems, found, onChange }: MappingEditorProps) {
  const { t } = useTranslation('mirror')
  return (
    <div className={classes.fields}>
      {extractedFields.map((field) => {
        const name = t(`settings.field.${field}`)
        return (
          <div key={field} className={classes.field} role="group" aria-label={name}>
            <div className={classes.fieldName}>{name}</div>
            <TextList
              values={mapping[field]}
              labelOf={(number) => t('settings.path', { number, field: name })}
              problemOf={(index) =>
                problems.has(`mapping.${field}.${index}`) ? t('settings.pathWrong') : undefined
              }
              addLabel={t('settings.addPath')}
              placeholder="data.…"
              ordered
              most={mostPaths}
              none={<span className="dim">{t('settings.none')}</span>}
              onChange={(paths) => onChange({ ...mapping, [field]: paths })}
            />
            <Found field={field} found={found} />
          </div>
        )
      })}
    </div>
  )
}

function Found({ field, found }: { field: ExtractedField; found: Extracted | null }) {
  const { t } = useTranslation('mirror')
  if (found === null) return null
  const value = found[field]
  return (
    <output className={classes.found} aria-label={t('settings.previewFound')}>
      {value === null ? <span className="dim">—</span> : String(value)}
    </output>
  )
}

import { useTranslation } from 'react-i18next'
import type { Changes } from './changes.ts'

/** What was changed about an environment, a line each. */
export function ProfileChanges({ changes }: { changes: Changes }) {
  const { t } = useTranslation(['audit', 'common', 'environmentEditor'])
  const { name, kind, address, access, locked } = changes
  const yesOrNo = (is: boolean) => (is ? t('yes') : t('no'))
  const lines = [
    name && { field: t('profileField.name'), ...name },
    kind && {
      field: t('profileField.kind'),
      from: t(`common:kind.${kind.from}`),
      to: t(`common:kind.${kind.to}`),
    },
    address && { field: t('profileField.deployment'), ...address },
    access && {
      field: t('profileField.access'),
      from: t(`environmentEditor:accesses.${access.from}`),
      to: t(`environmentEditor:accesses.${access.to}`),
    },
    locked && {
      field: t('profileField.locked'),
      from: yesOrNo(locked.from),
      to: yesOrNo(locked.to),
    },
  ].filter((line) => line !== undefined)
  return lines.map((line) => <div key={line.field}>{t('change', line)}</div>)
}

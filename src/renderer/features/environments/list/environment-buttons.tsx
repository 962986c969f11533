import { Button } from '@mantine/core'
import { IconFileExport, IconFileImport, IconPlus } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useEnvironments } from '../../../lib/environments.ts'
import { useEnvironmentDialogs } from './dialogs.ts'

/** What can be done with environments as a whole; the primary button last. */
export function EnvironmentButtons() {
  const { t } = useTranslation('environmentList')
  const dialogs = useEnvironmentDialogs()
  const saved = useEnvironments().data?.some((environment) => environment.saved) ?? false
  return (
    <>
      <Button
        variant="default"
        leftSection={<IconFileImport size={14} aria-hidden />}
        onClick={dialogs.importFile}
      >
        {t('importFile')}
      </Button>
      {saved ? (
        <Button
          variant="default"
          leftSection={<IconFileExport size={14} aria-hidden />}
          onClick={dialogs.exportAll}
        >
          {t('exportAll')}
        </Button>
      ) : null}
      <Button leftSection={<IconPlus size={14} aria-hidden />} onClick={dialogs.create}>
        {t('create')}
      </Button>
    </>
  )
}

import {
  IconFileExport,
  IconFileImport,
  IconPencil,
  IconPlugConnected,
  IconPlus,
} from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useCommands } from '../../../lib/commands/index.ts'
import { useEnvironments } from '../../../lib/environments.ts'
import { useEnvironmentDialogs } from './dialogs.ts'

/** Setting up environments, from the palette. */
export function EnvironmentDialogCommands({
  environment: id,
}: {
  environment: string | undefined
}) {
  const { t } = useTranslation('environmentList')
  const dialogs = useEnvironmentDialogs()
  const { data = [] } = useEnvironments()
  const environment = data.find((candidate) => candidate.id === id)
  const name = environment?.name ?? ''
  useCommands([
    {
      id: 'environments.create',
      label: t('command.create'),
      group: 'environment',
      icon: IconPlus,
      run: dialogs.create,
    },
    {
      id: 'environments.edit',
      label: t('command.edit', { name }),
      group: 'environment',
      icon: IconPencil,
      enabled: environment !== undefined,
      run: () => dialogs.edit(environment?.id ?? ''),
    },
    {
      id: 'environments.test',
      label: t('command.test', { name }),
      group: 'environment',
      icon: IconPlugConnected,
      enabled: environment !== undefined,
      run: () => dialogs.test(environment?.id ?? ''),
    },
    {
      id: 'environments.import',
      label: t('command.importFile'),
      group: 'environment',
      icon: IconFileImport,
      run: dialogs.importFile,
    },
    {
      id: 'environments.export',
      label: t('command.exportAll'),
      group: 'environment',
      icon: IconFileExport,
      enabled: data.some(({ saved }) => saved),
      run: dialogs.exportAll,
    },
  ])
  return null
}

import { lazy, Suspense } from 'react'
import { type EnvironmentDialog, useEnvironmentDialogs, useOpenDialog } from './dialogs.ts'
import { EnvironmentDialogCommands } from './environment-dialog-commands.tsx'
import { RemoveDialog } from './remove-dialog.tsx'

// Nobody sets up environments all day: the forms come when they are asked for.
const EnvironmentEditor = lazy(async () => ({
  default: (await import('../editor/environment-editor.tsx')).EnvironmentEditor,
}))
const TestDialog = lazy(async () => ({
  default: (await import('../test/test-dialog.tsx')).TestDialog,
}))
const ExportDialog = lazy(async () => ({
  default: (await import('../transfer/export-dialog.tsx')).ExportDialog,
}))
const ImportDialog = lazy(async () => ({
  default: (await import('../transfer/import-dialog.tsx')).ImportDialog,
}))

/** Shows what is asked about environments, wherever one is, and offers it in the palette. */
export function EnvironmentDialogs({ environment }: { environment: string | undefined }) {
  const dialog = useOpenDialog()
  return (
    <>
      <EnvironmentDialogCommands environment={environment} />
      <Suspense fallback={null}>{dialog === null ? null : <Open dialog={dialog} />}</Suspense>
    </>
  )
}

function Open({ dialog }: { dialog: EnvironmentDialog }) {
  const { close, edit, saveAs } = useEnvironmentDialogs()
  if (dialog.type === 'remove') {
    return <RemoveDialog environment={dialog.environment} onClose={close} />
  }
  if (dialog.type === 'test') {
    const { environment } = dialog
    const onEdit = (hostKey: string | null) => edit(environment, hostKey)
    return <TestDialog environment={environment} onEdit={onEdit} onClose={close} />
  }
  if (dialog.type === 'export') return <ExportDialog onClose={close} />
  if (dialog.type === 'import') return <ImportDialog onClose={close} />
  const environment = dialog.type === 'create' ? dialog.of : dialog.environment
  return (
    <EnvironmentEditor
      key={`${dialog.type} ${environment ?? ''}`}
      task={dialog.type === 'create' && environment !== null ? 'saveAs' : dialog.type}
      environment={environment}
      hostKey={dialog.type === 'edit' ? dialog.hostKey : null}
      onSaveAs={saveAs}
      onClose={close}
    />
  )
}

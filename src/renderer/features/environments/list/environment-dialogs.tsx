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
  switch (dialog.type) {
    case 'create':
      return (
        <EnvironmentEditor
          key={dialog.of}
          task={dialog.of === null ? 'create' : 'saveAs'}
          environment={dialog.of}
          hostKey={null}
          onSaveAs={saveAs}
          onClose={close}
        />
      )
    case 'edit':
    case 'duplicate':
      return (
        <EnvironmentEditor
          key={dialog.environment}
          task={dialog.type}
          environment={dialog.environment}
          hostKey={dialog.type === 'edit' ? dialog.hostKey : null}
          onSaveAs={saveAs}
          onClose={close}
        />
      )
    case 'remove':
      return <RemoveDialog environment={dialog.environment} onClose={close} />
    case 'test':
      return (
        <TestDialog
          environment={dialog.environment}
          onEdit={(hostKey) => edit(dialog.environment, hostKey)}
          onClose={close}
        />
      )
    case 'export':
      return <ExportDialog onClose={close} />
    case 'import':
      return <ImportDialog onClose={close} />
  }
}

import { create } from 'zustand'

/** What is asked about environments now; at most one thing. */
export type EnvironmentDialog =
  | { type: 'create'; of: string | null }
  | { type: 'edit'; environment: string; hostKey: string | null }
  | { type: 'duplicate'; environment: string }
  | { type: 'remove'; environment: string }
  | { type: 'test'; environment: string }
  | { type: 'export' }
  | { type: 'import' }

const useOpen = create<{ dialog: EnvironmentDialog | null }>(() => ({ dialog: null }))

const open = (dialog: EnvironmentDialog) => useOpen.setState({ dialog })

const environmentDialogs = {
  /** Sets up an environment, from nothing. */
  create: () => open({ type: 'create', of: null }),
  /** Sets up an environment that starts as the profile of this one, such as the command line opened. */
  saveAs: (environment: string) => open({ type: 'create', of: environment }),
  /** Changes an environment; `hostKey` is an SSH fingerprint that was just trusted. */
  edit: (environment: string, hostKey: string | null = null) =>
    open({ type: 'edit', environment, hostKey }),
  duplicate: (environment: string) => open({ type: 'duplicate', environment }),
  remove: (environment: string) => open({ type: 'remove', environment }),
  /** Walks the steps of a connection and shows where it stops. */
  test: (environment: string) => open({ type: 'test', environment }),
  exportAll: () => open({ type: 'export' }),
  importFile: () => open({ type: 'import' }),
  close: () => useOpen.setState({ dialog: null }),
}

/** Opens what is to be asked about environments; `EnvironmentDialogs`, once in the frame, shows it. */
export function useEnvironmentDialogs() {
  return environmentDialogs
}

export function useOpenDialog(): EnvironmentDialog | null {
  return useOpen((state) => state.dialog)
}

import { displayProblem, downloadElectron, findElectron, sandboxProblem } from './electron.ts'
import { isRoot } from './project.ts'

export type Entry =
  | { kind: 'desktop'; executable: string }
  /** `why` is null when the web entry was asked for. */
  | { kind: 'web'; why: string | null }
  | { kind: 'impossible'; why: string }

/** Decides between desktop and web by what was asked for and what this machine has. */
export async function chooseEntry(asked: 'desktop' | 'web' | null): Promise<Entry> {
  if (asked === 'web') return { kind: 'web', why: null }
  const found = await findDesktop()
  if (found.why === null) return { kind: 'desktop', executable: found.executable }
  return asked === 'desktop'
    ? { kind: 'impossible', why: `the desktop app cannot start: ${found.why}` }
    : { kind: 'web', why: found.why }
}

async function findDesktop(): Promise<
  { executable: string; why: null } | { executable: null; why: string }
> {
  const display = displayProblem()
  if (display !== null) return { executable: null, why: display }
  const executable = findElectron() ?? (await downloadElectron())
  if (executable === null) {
    return { executable, why: 'Electron is not installed and could not be downloaded' }
  }
  const sandbox = isRoot() ? null : sandboxProblem(executable)
  return sandbox === null ? { executable, why: null } : { executable: null, why: sandbox }
}

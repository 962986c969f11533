import { dialog, type BrowserWindow } from 'electron'
import type { Labels } from './labels.ts'
import type { Report } from './report.ts'

/** So many reloads by itself within the span; after that a person decides. */
const reloadsAllowed = 2
/** Milliseconds. */
const reloadSpan = 60_000

export interface RecoveryOptions {
  labels: () => Labels
  onProblem: Report
  quit: () => void
}

/** Brings a window back whose page crashed or hangs, and asks when that does not help. */
export function keepAlive(
  window: BrowserWindow,
  { labels, onProblem, quit }: RecoveryOptions,
): void {
  const { webContents } = window
  let crashes: number[] = []

  webContents.on('render-process-gone', (_event, { reason, exitCode }) => {
    if (reason === 'clean-exit') return
    onProblem({ reason, exitCode }, 'the page crashed')
    const now = Date.now()
    crashes = [...crashes.filter((at) => now - at < reloadSpan), now]
    if (crashes.length <= reloadsAllowed) webContents.reload()
    else askAfterCrashes().catch((error: unknown) => onProblem({ err: error }, 'dialog failed'))
  })

  const askAfterCrashes = async () => {
    const words = labels()
    const { response } = await dialog.showMessageBox(window, {
      type: 'error',
      message: words.crashed,
      detail: words.crashedDetail,
      buttons: [words.reload, words.quit],
      defaultId: 0,
      cancelId: 1,
      noLink: true,
    })
    if (response === 1) return quit()
    crashes = []
    webContents.reload()
  }

  window.on('unresponsive', () => {
    onProblem({}, 'the page does not respond')
    const answered = new AbortController()
    window.once('responsive', () => answered.abort())
    askWhileHung(answered.signal).catch((error: unknown) =>
      onProblem({ err: error }, 'dialog failed'),
    )
  })

  const askWhileHung = async (signal: AbortSignal) => {
    const words = labels()
    const { response } = await dialog.showMessageBox(window, {
      type: 'warning',
      message: words.hung,
      detail: words.hungDetail,
      buttons: [words.wait, words.reload],
      defaultId: 0,
      cancelId: 0,
      noLink: true,
      signal,
    })
    // The crash handler above then loads the page again.
    if (response === 1 && !signal.aborted) webContents.forcefullyCrashRenderer()
  }
}

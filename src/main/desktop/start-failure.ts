import { dialog } from 'electron'
import type { Labels } from './labels.ts'

/** Why the store could not be opened; null for a failure nobody foresaw. */
export type StoreProblem = 'newer' | 'damaged' | 'unavailable' | null

/** Tells on stderr and in a native dialog why the console did not start; resolves when it was read. */
export async function tellStartFailure(
  error: unknown,
  problem: StoreProblem,
  dataDirectory: string,
  labels: Labels,
): Promise<void> {
  const text = error instanceof Error ? error.message : String(error)
  process.stderr.write(`vigie: ${text}\n`)
  const [message, detail] = {
    newer: [labels.storeNewer, labels.storeNewerDetail],
    damaged: [labels.storeDamaged, labels.storeDamagedDetail],
    unavailable: [labels.storeUnavailable, labels.storeUnavailableDetail],
    unexpected: [labels.startFailed, labels.startFailedDetail],
  }[problem ?? 'unexpected'] as [string, string]
  await dialog.showMessageBox({
    type: 'error',
    message,
    detail: `${detail}\n${problem === null ? text : dataDirectory}`,
    buttons: [labels.quit],
    noLink: true,
  })
}

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A data folder that lasts as long as one start of the console. */
export interface TemporaryData {
  path: string
  /** A folder that cannot be removed is told, and no reason to fail. */
  remove(): Promise<void>
}

export async function makeTemporaryData(): Promise<TemporaryData> {
  const path = await mkdtemp(join(tmpdir(), 'vigie-demo-data-'))
  return {
    path,
    async remove() {
      // Chromium's processes may still write for a moment after Electron has gone.
      await rm(path, { recursive: true, force: true, maxRetries: 5 }).catch(() => {
        console.error(`vigie: the demo's data in ${path} could not be removed`)
      })
    },
  }
}

import { createHash } from 'node:crypto'
import { realpathSync } from 'node:fs'

/**
 * Under which name a console keeps its secrets. Marked by its data folder, so that two consoles with
 * folders of their own do not see, change or remove each other's. The folder must exist.
 */
export function keychainService(dataDirectory: string): string {
  const path = realpathSync.native(dataDirectory)
  return `vigie-${createHash('sha256').update(path).digest('hex').slice(0, 12)}`
}

import { rmSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** The file of an environment's mirror. */
export function mirrorPath(directory: string, environment: string): string {
  return join(directory, `mirror-${environment}.db`)
}

/** SQLite's journal and its index beside the file. */
const companions = ['-wal', '-shm'] as const

export function removeMirror(file: string): void {
  // The file last: without it, what is beside it means nothing.
  for (const suffix of [...companions, '']) rmSync(`${file}${suffix}`, { force: true })
}

/** Bytes of the file with its journal. */
export function mirrorBytes(file: string): number {
  return sizeOf(file) + sizeOf(`${file}-wal`)
}

/** Tells a file from another of the same name; null where there is none. */
export function fileIdentity(file: string): string | null {
  const found = statSync(file, { bigint: true, throwIfNoEntry: false })
  return found === undefined ? null : `${found.dev}:${found.ino}:${found.birthtimeNs}`
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0
}

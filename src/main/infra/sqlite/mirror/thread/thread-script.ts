import { basename, dirname, join } from 'node:path'

/**
 * Where the script of a thread is: beside this file in the sources, else at the root of what was built, in
 * which this file may stand in a chunk.
 */
export function threadScript(name: 'reader' | 'writer', here = import.meta.filename): string {
  const folder = dirname(here)
  if (here.endsWith('.ts')) return join(folder, `${name}-thread.ts`)
  const root = basename(folder) === 'chunks' ? dirname(folder) : folder
  return join(root, `mirror-${name}.js`)
}

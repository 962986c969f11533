import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'

/** Where a program stands on PATH, as PATH names it; null when it is not there. */
export function onPath(program: string, path = process.env['PATH'] ?? ''): string | null {
  const endings = process.platform === 'win32' ? ['.exe', '.cmd'] : ['']
  for (const folder of path.split(delimiter).filter((part) => part !== '')) {
    for (const ending of endings) {
      const file = join(folder, program + ending)
      if (isExecutable(file)) return file
    }
  }
  return null
}

export function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}

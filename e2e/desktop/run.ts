import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createRequire } from 'node:module'
import {
  desktopArguments,
  desktopEnvironment,
  electronExecutable,
  root,
  type DesktopSettings,
} from './launch.ts'

/** The Electron binary under test. */
function electronPath(): string {
  const packaged: unknown = electronExecutable() ?? createRequire(import.meta.url)('electron')
  return String(packaged)
}

/** Starts the app as a person would, without any test tool in it, and waits for its end. */
export async function runDesktop(data: string, settings: DesktopSettings = {}) {
  const child = spawn(electronPath(), desktopArguments(data, settings), {
    cwd: root,
    env: desktopEnvironment(data, settings.redis),
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let errors = ''
  let output = ''
  child.stderr.on('data', (chunk: Buffer) => {
    errors += chunk.toString()
  })
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString()
  })
  const [code] = (await once(child, 'close')) as [number | null]
  return { code, errors, output }
}

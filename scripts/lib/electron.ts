import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { isExecutable } from './programs.ts'
import { inProject } from './project.ts'

type Environment = Readonly<Record<string, string | undefined>>

/** A running download is given this long; without a network it fails in seconds. Milliseconds. */
const downloadTime = 10 * 60_000

const executableOf: Partial<Record<NodeJS.Platform, string>> = {
  darwin: 'Electron.app/Contents/MacOS/Electron',
  win32: 'electron.exe',
}

/**
 * Electron's executable: the one named by ELECTRON_EXECUTABLE, the one in ELECTRON_OVERRIDE_DIST_PATH, or
 * the one the electron package has downloaded; null when there is none.
 */
export function findElectron(env: Environment = process.env, project = inProject()): string | null {
  const name = executableOf[process.platform] ?? 'electron'
  const places = [
    env['ELECTRON_EXECUTABLE'],
    env['ELECTRON_OVERRIDE_DIST_PATH'] && join(env['ELECTRON_OVERRIDE_DIST_PATH'], name),
    join(project, 'node_modules/electron/dist', name),
  ]
  return places.find((place) => place !== undefined && place !== '' && isExecutable(place)) ?? null
}

/** Has the electron package fetch its runtime; answers its executable, or null when that fails. */
export async function downloadElectron(): Promise<string | null> {
  console.log('Fetching Electron (once, about 120 MB) …')
  const child = spawn(process.execPath, [inProject('node_modules/electron/install.js')], {
    stdio: ['ignore', 'ignore', 'ignore'],
    timeout: downloadTime,
  })
  const cancel = () => child.kill()
  process.once('exit', cancel)
  await once(child, 'exit').catch(() => undefined)
  process.off('exit', cancel)
  return findElectron({})
}

/** Why no window can be shown on this machine; null when one can. */
export function displayProblem(
  env: Environment = process.env,
  platform: NodeJS.Platform = process.platform,
): string | null {
  if (platform === 'darwin' || platform === 'win32') return null
  return env['DISPLAY'] || env['WAYLAND_DISPLAY'] ? null : 'there is no display here'
}

/**
 * Why Chromium's sandbox cannot work for an ordinary user of this Linux; null when it can. Without user
 * namespaces it needs the helper beside the executable to belong to root with its setuid bit.
 */
export function sandboxProblem(executable: string): string | null {
  if (process.platform !== 'linux') return null
  const closed =
    readSetting('/proc/sys/kernel/unprivileged_userns_clone') === '0' ||
    readSetting('/proc/sys/user/max_user_namespaces') === '0' ||
    readSetting('/proc/sys/kernel/apparmor_restrict_unprivileged_userns') === '1'
  if (!closed) return null
  const helper = statSync(join(executable, '../chrome-sandbox'), { throwIfNoEntry: false })
  if (helper !== undefined && helper.uid === 0 && (helper.mode & 0o4000) !== 0) return null
  return 'this Linux forbids the user namespaces that Electron’s sandbox needs'
}

function readSetting(file: string): string | null {
  try {
    return readFileSync(file, 'utf8').trim()
  } catch {
    return null
  }
}

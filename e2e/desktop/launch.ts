import { _electron, type ElectronApplication, type Page } from '@playwright/test'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { electronArguments } from '../../scripts/electron-arguments.ts'

export const root = resolve(import.meta.dirname, '../..')
export const origin = 'vigie://console'

export interface DesktopSettings {
  redis?: string
  /** Data folder that outlives the app, to test a restart. */
  data?: string
  flags?: readonly string[]
  /** Chromium's language, as of the system. */
  language?: string
  /** CommonJS script that Electron loads before the app. */
  require?: string
}

export interface Desktop {
  app: ElectronApplication
  page: Page
  data: string
  /** What it wrote to stderr so far. */
  errors(): string
  /** Quits as a person does and answers the exit code; a data folder of its own is removed. */
  quit(): Promise<number | null>
}

/** Environment of a desktop app under test: nothing of the caller's console or desktop leaks in. */
export function desktopEnvironment(data: string, redis?: string): Record<string, string> {
  const { VIGIE_REDIS: _redis, VIGIE_DEMO: _demo, ...inherited } = process.env
  const defined = Object.entries(inherited).filter((entry) => entry[1] !== undefined)
  return {
    ...(Object.fromEntries(defined) as Record<string, string>),
    XDG_CONFIG_HOME: join(data, 'config'),
    ...(redis === undefined ? {} : { VIGIE_REDIS: redis }),
  }
}

/** Arguments of the Electron binary for the built app (`npm run build` first). */
export function desktopArguments(data: string, settings: DesktopSettings = {}): string[] {
  const preloaded = settings.require === undefined ? [] : ['-r', settings.require]
  return [
    '--disable-gpu',
    // With a camera there, only the denied permission keeps the page from it.
    '--use-fake-device-for-media-stream',
    `--lang=${settings.language ?? 'en-GB'}`,
    ...preloaded,
    ...electronArguments(root, ['--data', data, ...(settings.flags ?? [])]),
  ]
}

/** A new data folder for an app under test. */
export const newDataFolder = () => mkdtemp(join(tmpdir(), 'vigie-desktop-'))

/** The runtime to test with; undefined is the electron package's own. */
export const electronExecutable = () => process.env['ELECTRON_EXECUTABLE']

/** Starts the built app in a real Electron and waits for its window. */
export async function startDesktop(settings: DesktopSettings = {}): Promise<Desktop> {
  const data = settings.data ?? (await newDataFolder())
  const executablePath = electronExecutable()
  const app = await _electron.launch({
    ...(executablePath === undefined ? {} : { executablePath }),
    args: desktopArguments(data, settings),
    env: desktopEnvironment(data, settings.redis),
    cwd: root,
  })
  let errors = ''
  app.process().stderr?.on('data', (chunk: Buffer) => {
    errors += chunk.toString()
  })
  const exited = new Promise<number | null>((ended) => app.process().once('exit', ended))
  return {
    app,
    page: await app.firstWindow(),
    data,
    errors: () => errors,
    async quit() {
      await app.close()
      const code = await exited
      if (settings.data === undefined) await rm(data, { recursive: true, force: true })
      return code
    },
  }
}

import { _electron, type ElectronApplication, type Page } from '@playwright/test'
import { join, resolve } from 'node:path'
import { electronArguments } from '../../scripts/electron-arguments.ts'

export const root = resolve(import.meta.dirname, '../..')

export interface DesktopSettings {
  redis?: string
  data?: string
  flags?: readonly string[]
  /** Chromium's language, as of the system. */
  language?: string
  /** CommonJS script that Electron loads before the app. */
  require?: string
  environment?: Readonly<Record<string, string>>
}

export interface Desktop {
  app: ElectronApplication
  page: Page
  data: string
  /** Quits as a person does and answers the exit code. */
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

/** The runtime to test with; undefined is the electron package's own. */
export const electronExecutable = () => process.env['ELECTRON_EXECUTABLE']

/** Starts the built app in a real Electron and waits for its window. */
export async function startDesktop(settings: DesktopSettings & { data: string }): Promise<Desktop> {
  const { data } = settings
  const app = await launch(settings).catch(async (error: unknown) => {
    if (!diedUnderDebugger(error)) throw error
    console.log('the runtime crashed as the debugger attached; launching it once more')
    return launch(settings)
  })
  const exited = new Promise<number | null>((ended) => app.process().once('exit', ended))
  let quitting: Promise<void> | undefined
  return {
    app,
    page: await app.firstWindow(),
    data,
    async quit() {
      quitting ??= app.close()
      await quitting
      return exited
    },
  }
}

function launch(settings: DesktopSettings & { data: string }): Promise<ElectronApplication> {
  const { data, redis } = settings
  const executablePath = electronExecutable()
  return _electron.launch({
    ...(executablePath === undefined ? {} : { executablePath }),
    args: desktopArguments(data, settings),
    env: { ...desktopEnvironment(data, redis), ...settings.environment },
    cwd: root,
  })
}

/**
 * Electron 33 was seen to end with SIGSEGV as Playwright attached its debugger, 0.2 seconds after its
 * start. Only such a failed launch is tried again; an app that crashes later, or twice, fails its test.
 */
function diedUnderDebugger(error: unknown): boolean {
  const text = error instanceof Error ? error.message : ''
  return text.includes('Process failed to launch') && text.includes('signal=SIGSEGV')
}

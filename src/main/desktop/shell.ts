import { app, BrowserWindow, session, shell } from 'electron'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { RequestContext } from '#api/base.ts'
import { keepAppearance, type Appearance } from './appearance.ts'
import { linkOpener } from './open-link.ts'
import { keepPorts, type PortKeeper } from './port.ts'
import { followPower } from './power.ts'
import { serveRenderer } from './protocol.ts'
import { closeOnQuit, guardProcess } from './process.ts'
import { keepAlive } from './recovery.ts'
import { hardenApp, hardenSession } from './security.ts'
import { tellStartFailure, type StoreProblem } from './start-failure.ts'
import { firstPaint, openWindow } from './window.ts'
import type { Report } from './report.ts'

type Services = RequestContext['services']

export interface ShellOptions {
  dataDirectory: string
  version: string
  /** Folder of the built renderer. */
  renderer: string
  /** The built preload script. */
  preload: string
  icon: string
  /** Builds the console; called once, while the window is already loading. */
  openConsole(): Promise<{ services: Services; close(): Promise<void> }>
  /** What is wrong with the store, of what `openConsole` threw. */
  storeProblem(error: unknown): StoreProblem
}

/** A page that never paints is shown anyway, with whatever it has. Milliseconds. */
const paintTime = 5000
const documentation = 'https://docs.bullmq.io/'

/** Runs the desktop app until it is quit. A second start on the same data brings the first to the front. */
export function runShell(options: ShellOptions): void {
  if (!claimData(options.dataDirectory)) return
  const opening = options.openConsole()
  const warn = (fields: object, message: string) => {
    // When the console does not open there is no log, and the failure is told by `start`.
    opening.then(({ services }) => services.log.warn(fields, message)).catch(() => undefined)
  }
  const appearance: Appearance = keepAppearance({
    change: (settings) => {
      opening
        .then(({ services }) => services.settings.update(settings))
        .catch((error: unknown) => warn({ err: error }, 'settings not changed'))
    },
    showData: () => shell.showItemInFolder(join(options.dataDirectory, 'vigie.db')),
    openDocumentation: () => followLink(null, documentation),
  })
  const fail = guardProcess(opening, appearance.labels)
  const openLink = linkOpener({ labels: appearance.labels, onRefusal: warn })
  const followLink = (contents: Electron.WebContents | null, address: string) => {
    openLink(contents, address).catch((error: unknown) => warn({ err: error }, 'link failed'))
  }

  hardenApp({ onExternalLink: followLink, onRefusal: warn })
  const ports = keepPorts({
    context: opening.then(({ services }) => ({
      services,
      actor: { operator: services.about.operator, via: 'desktop' },
    })),
    onRefusal: warn,
  })
  app.on('second-instance', focusWindow)
  app.on('child-process-gone', (_event, details) => warn(details, 'a child process ended'))
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit()
  })
  closeOnQuit(opening)
  start(options, { opening, appearance, ports, warn }).catch(fail)
}

interface Parts {
  opening: ReturnType<ShellOptions['openConsole']>
  appearance: Appearance
  ports: PortKeeper
  warn: Report
}

async function start(options: ShellOptions, parts: Parts): Promise<void> {
  await app.whenReady()
  hardenSession(session.defaultSession, parts.warn)
  serveRenderer(session.defaultSession, options.renderer)
  app.setAboutPanelOptions({ applicationName: 'Vigie', applicationVersion: options.version })
  parts.appearance.apply({ language: 'system', theme: 'system' })
  const window = addWindow(options, parts)
  const painted = Promise.race([firstPaint(window), delay(paintTime)])
  let services: Services
  try {
    services = (await parts.opening).services
  } catch (error) {
    const problem = options.storeProblem(error)
    // The window stays hidden: closing the last one would quit before the dialog was read.
    await tellStartFailure(error, problem, options.dataDirectory, parts.appearance.labels())
    return app.exit(1)
  }
  followPower(services)
  parts.appearance.apply(services.settings.get())
  await painted
  if (!window.isDestroyed()) window.show()
  app.on('activate', () => {
    if (BrowserWindow.getAllWindows().length === 0) addWindow(options, parts).show()
  })
  for await (const settings of services.settings.watch(new AbortController().signal)) {
    parts.appearance.apply(settings)
  }
}

function addWindow(options: ShellOptions, { appearance, ports, warn }: Parts): BrowserWindow {
  const window = openWindow({
    preload: options.preload,
    icon: options.icon,
    stateFile: join(app.getPath('userData'), 'window.json'),
    developerTools: !app.isPackaged,
  })
  ports.admit(window.webContents)
  keepAlive(window, { labels: appearance.labels, onProblem: warn, quit: () => app.quit() })
  appearance.offerClipboard(window.webContents)
  return window
}

function focusWindow(): void {
  const [window] = BrowserWindow.getAllWindows()
  if (window === undefined) return
  if (window.isMinimized()) window.restore()
  window.show()
  window.focus()
}

/** Makes this process the only one on these data; false when it has to end. */
function claimData(dataDirectory: string): boolean {
  // The lock, and Chromium's own files, belong to the data: two data folders are two consoles.
  const userData = join(dataDirectory, 'desktop')
  try {
    mkdirSync(userData, { recursive: true, mode: 0o700 })
  } catch {
    process.stderr.write(`vigie: the data folder ${dataDirectory} cannot be written\n`)
    app.exit(1)
    return false
  }
  app.setPath('userData', userData)
  if (app.requestSingleInstanceLock()) return true
  process.stderr.write('vigie: already open on these data; its window comes to the front\n')
  app.exit(0)
  return false
}

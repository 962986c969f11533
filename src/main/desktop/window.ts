import { BrowserWindow, nativeTheme, screen } from 'electron'
import { isOwnUrl, startUrl } from './origin.ts'
import { minimumSize, placeWindow, readWindowState, writeWindowState } from './window-state.ts'

/** The page's background, so that nothing flashes before its first paint. */
const background = { light: '#ffffff', dark: '#17191d' }
/** Moving a window is a burst of events; the last position is what counts. Milliseconds. */
const settleTime = 400

export interface WindowOptions {
  preload: string
  icon: string
  /** File in which the window's place is remembered. */
  stateFile: string
  developerTools: boolean
}

/** Opens the console's window where it was last time, hidden until `show`, and starts to load the page. */
export function openWindow({
  preload,
  icon,
  stateFile,
  developerTools,
}: WindowOptions): BrowserWindow {
  const state = readWindowState(stateFile)
  const primary = screen.getPrimaryDisplay()
  const others = screen.getAllDisplays().filter(({ id }) => id !== primary.id)
  const window = new BrowserWindow({
    ...placeWindow(state, [primary.workArea, ...others.map(({ workArea }) => workArea)]),
    minWidth: minimumSize.width,
    minHeight: minimumSize.height,
    show: false,
    title: 'Vigie',
    icon,
    backgroundColor: nativeTheme.shouldUseDarkColors ? background.dark : background.light,
    autoHideMenuBar: true,
    webPreferences: {
      preload,
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInSubFrames: false,
      nodeIntegrationInWorker: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      safeDialogs: true,
      spellcheck: false,
      devTools: developerTools,
    },
  })
  if (state?.maximized) window.maximize()
  // A page can blank itself (about:blank asks nobody): then it starts again.
  window.webContents.on('did-navigate', (_event, url) => {
    if (!isOwnUrl(url)) load(window)
  })
  rememberPlace(window, stateFile)
  load(window)
  return window
}

/** Resolves when the window has something to show. */
export function firstPaint(window: BrowserWindow): Promise<void> {
  return new Promise((resolve) => {
    window.once('ready-to-show', () => resolve())
  })
}

function load(window: BrowserWindow): void {
  // Only a newer load interrupts it: these files are always there.
  window.loadURL(startUrl).catch(() => undefined)
}

function rememberPlace(window: BrowserWindow, stateFile: string): void {
  const save = () => {
    if (window.isDestroyed() || window.isMinimized()) return
    writeWindowState(stateFile, {
      bounds: window.getNormalBounds(),
      maximized: window.isMaximized(),
    })
  }
  let timer: NodeJS.Timeout | undefined
  const saveSoon = () => {
    clearTimeout(timer)
    timer = setTimeout(save, settleTime)
  }
  for (const event of ['resize', 'move', 'maximize', 'unmaximize'] as const) {
    // The overloads of `on` take one event each.
    window.on(event as 'resize', saveSoon)
  }
  window.on('close', () => {
    clearTimeout(timer)
    save()
  })
}

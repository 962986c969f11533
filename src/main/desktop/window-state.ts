import { readFileSync, renameSync, writeFileSync } from 'node:fs'

/** A rectangle on the desktop, in device-independent pixels. */
export interface Rectangle {
  x: number
  y: number
  width: number
  height: number
}

/** What is remembered of the window between two starts. */
export interface WindowState {
  /** Of the window when it is neither maximised nor full screen. */
  bounds: Rectangle
  maximized: boolean
}

export const minimumSize = { width: 1024, height: 640 }
const preferredSize = { width: 1440, height: 900 }
/** So much of the title bar must be on a screen for a person to take hold of the window. */
const handle = { width: 120, height: 32 }

/** The remembered state; null when there is none or the file is damaged. */
export function readWindowState(path: string): WindowState | null {
  try {
    const value: unknown = JSON.parse(readFileSync(path, 'utf8'))
    return isWindowState(value) ? value : null
  } catch {
    return null
  }
}

/** Replaces the remembered state in one step. A state that cannot be written is not worth an error. */
export function writeWindowState(path: string, state: WindowState): void {
  try {
    writeFileSync(`${path}.new`, JSON.stringify(state), { mode: 0o600 })
    renameSync(`${path}.new`, path)
  } catch {
    // The window then opens at its preferred size next time.
  }
}

/**
 * Where to open: as remembered when a person could still reach it on one of the screens
 * (`workAreas`, primary first), else centred on the primary one. Never larger than the screen,
 * save for the minimum size.
 */
export function placeWindow(
  state: WindowState | null,
  workAreas: readonly [Rectangle, ...Rectangle[]],
): Rectangle {
  if (state !== null) {
    const { bounds } = state
    const fitted = workAreas.map((area) => ({ area, place: { ...bounds, ...fit(bounds, area) } }))
    const home = fitted.find(({ area, place }) => isReachable(place, area))
    if (home !== undefined) return home.place
  }
  const [primary] = workAreas
  const { width, height } = fit(state?.bounds ?? preferredSize, primary)
  return {
    x: Math.round(primary.x + Math.max(0, (primary.width - width) / 2)),
    y: Math.round(primary.y + Math.max(0, (primary.height - height) / 2)),
    width,
    height,
  }
}

function fit(size: { width: number; height: number }, area: Rectangle) {
  return {
    width: Math.max(minimumSize.width, Math.min(size.width, area.width)),
    height: Math.max(minimumSize.height, Math.min(size.height, area.height)),
  }
}

function isReachable(bounds: Rectangle, area: Rectangle): boolean {
  const left = Math.max(bounds.x, area.x)
  const right = Math.min(bounds.x + bounds.width, area.x + area.width)
  return (
    right - left >= handle.width &&
    bounds.y >= area.y &&
    bounds.y + handle.height <= area.y + area.height
  )
}

function isWindowState(value: unknown): value is WindowState {
  if (typeof value !== 'object' || value === null) return false
  const { bounds, maximized } = value as Partial<WindowState>
  return (
    typeof maximized === 'boolean' &&
    typeof bounds === 'object' &&
    bounds !== null &&
    [bounds.x, bounds.y, bounds.width, bounds.height].every(Number.isSafeInteger) &&
    bounds.width > 0 &&
    bounds.height > 0
  )
}

import { existsSync } from 'node:fs'
import { chromium } from '@playwright/test'

const system = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

/**
 * The browser the web tests run in: `CHROMIUM_EXECUTABLE`, else the system's, else the one Playwright
 * has downloaded; null when there is none.
 */
export function chromiumExecutable(): string | null {
  const given = process.env['CHROMIUM_EXECUTABLE']
  if (given !== undefined && given !== '') return given
  return [...system, chromium.executablePath()].find((path) => existsSync(path)) ?? null
}

import { app, protocol } from 'electron'
import { scheme } from './origin.ts'

/** Shared by the entry and the `-r` script, which are two bundles in one process. */
const done = Symbol.for('vigie.runtime-prepared')

/**
 * Makes the console's scheme a secure origin like https, and sandboxes every page. Both are possible only
 * before the app is ready. Twice does no harm.
 */
export function prepareRuntime(): void {
  if (done in globalThis) return
  Object.defineProperty(globalThis, done, { value: true })
  protocol.registerSchemesAsPrivileged([
    {
      scheme,
      privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true },
    },
  ])
  // With --no-sandbox (root in a container) Chromium has no sandbox that could be enabled.
  if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox()
}

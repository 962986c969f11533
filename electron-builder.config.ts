import type { Configuration } from 'electron-builder'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'

/** Files of the running app alone: no sources, tests, demo or maps, and the one native module of this platform. */
const files = [
  'package.json',
  'out/**',
  '!out/main/{serve.js,chunks/serve-console-*,api-docs/**}',
  '!**/*.map',
  'resources/icon.png',
  '!**/node_modules/**/*.{md,markdown,ts,mts,cts,flow,cc,cpp,c,h,gyp,gypi}',
  '!**/node_modules/*/{test,tests,docs,example,examples,benchmark}/**',
  '!**/node_modules/better-sqlite3/{deps,src}/**',
  '!**/node_modules/better-sqlite3/prebuilds/*',
  '**/node_modules/better-sqlite3/prebuilds/${platform}-${arch}.node',
  '**/node_modules/better-sqlite3/prebuilds/linuxmusl-${arch}.node',
]

/**
 * How the app is packaged. scripts/package.ts adds the runtime (`electronDist`, `electronVersion`).
 */
export const packaging: Configuration = {
  appId: 'app.vigie.console',
  productName: 'Vigie',
  directories: { output: 'dist' },
  files,
  asar: true,
  // The system loads a native module from a file of its own, never out of an archive.
  asarUnpack: ['**/*.node'],
  // better-sqlite3 brings binaries that fit every Electron.
  npmRebuild: false,
  electronLanguages: ['en-US', 'fr'],
  electronFuses: {
    runAsNode: false,
    enableCookieEncryption: true,
    enableNodeOptionsEnvironmentVariable: false,
    enableNodeCliInspectArguments: false,
    enableEmbeddedAsarIntegrityValidation: true,
    onlyLoadAppFromAsar: true,
    loadBrowserProcessSpecificV8Snapshot: false,
    grantFileProtocolExtraPrivileges: false,
  },
  linux: { executableName: 'vigie', icon: 'resources/icon.png', category: 'Development' },
  mac: { icon: 'resources/icon.png', category: 'public.app-category.developer-tools' },
  win: { icon: 'resources/icon.png' },
  // A runtime's own start page, or an app that came with a given runtime, is no part of this one.
  async afterExtract({ appOutDir }) {
    for (const foreign of ['app', 'default_app.asar']) {
      await rm(join(appOutDir, 'resources', foreign), { recursive: true, force: true })
    }
  },
}

/**
 * Makes an unpacked app for this platform in dist/, with the Electron runtime that is there: the
 * folder ELECTRON_OVERRIDE_DIST_PATH names, or the one the electron package downloaded.
 */
import { build, Platform } from 'electron-builder'
import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { packaging } from '../electron-builder.config.ts'
import { build as buildConsole } from './lib/build.ts'

const root = resolve(import.meta.dirname, '..')
const electronDist =
  process.env['ELECTRON_OVERRIDE_DIST_PATH'] ?? join(root, 'node_modules', 'electron', 'dist')
const versionFile = join(electronDist, 'version')

if (!existsSync(versionFile)) {
  console.error(
    `No Electron runtime in ${electronDist}. Run \`npx install-electron\`, or name the folder of one in ELECTRON_OVERRIDE_DIST_PATH.`,
  )
  process.exit(1)
}

if (!(await buildConsole())) process.exit(1)

const electronVersion = readFileSync(versionFile, 'utf8').trim().replace(/^v/, '')
await build({
  targets: Platform.current().createTarget('dir'),
  projectDir: root,
  publish: 'never',
  config: { ...packaging, electronDist, electronVersion },
})
console.log(`Packaged with Electron ${electronVersion} in ${join(root, 'dist')}`)

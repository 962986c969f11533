import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { displayProblem, findElectron } from './electron.ts'

let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vigie-electron-'))
})

afterEach(async () => rm(folder, { recursive: true }))

const name = process.platform === 'win32' ? 'electron.exe' : 'electron'

async function runtimeIn(...path: string[]): Promise<string> {
  const place = join(folder, ...path)
  await mkdir(place, { recursive: true })
  await writeFile(join(place, name), '', { mode: 0o755 })
  return join(place, name)
}

test('the runtime named by the environment comes before the installed one', async () => {
  const installed = await runtimeIn('node_modules/electron/dist')
  const given = await runtimeIn('given')
  const overridden = await runtimeIn('overridden')
  expect(findElectron({}, folder)).toBe(installed)
  expect(findElectron({ ELECTRON_OVERRIDE_DIST_PATH: join(folder, 'overridden') }, folder)).toBe(
    overridden,
  )
  expect(
    findElectron(
      {
        ELECTRON_EXECUTABLE: given,
        ELECTRON_OVERRIDE_DIST_PATH: join(folder, 'overridden'),
      },
      folder,
    ),
  ).toBe(given)
})

test('an installed package without its runtime is no Electron', async () => {
  await mkdir(join(folder, 'node_modules/electron'), { recursive: true })
  expect(findElectron({ ELECTRON_EXECUTABLE: '' }, folder)).toBeNull()
})

test('Linux needs a display of X11 or Wayland; macOS and Windows always have one', () => {
  expect(displayProblem({}, 'linux')).not.toBeNull()
  expect(displayProblem({ DISPLAY: '' }, 'linux')).not.toBeNull()
  expect(displayProblem({ DISPLAY: ':0' }, 'linux')).toBeNull()
  expect(displayProblem({ WAYLAND_DISPLAY: 'wayland-0' }, 'linux')).toBeNull()
  expect(displayProblem({}, 'darwin')).toBeNull()
  expect(displayProblem({}, 'win32')).toBeNull()
})

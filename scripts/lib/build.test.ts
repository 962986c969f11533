import { mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { isBuilt } from './build.ts'

let project: string

async function write(file: string, seconds: number): Promise<void> {
  const path = join(project, file)
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, '')
  await utimes(path, seconds, seconds)
}

/** Folders too, or the test's own doing would look like a change. */
async function settle(...folders: string[]): Promise<void> {
  for (const folder of folders) await utimes(join(project, folder), 1000, 1000)
}

beforeEach(async () => {
  project = await mkdtemp(join(tmpdir(), 'vigie-build-'))
  await write('src/main/serve.ts', 1000)
  await write('src/renderer/app/main.tsx', 1000)
  await write('package-lock.json', 1000)
  await settle('src/renderer/app', 'src/renderer', 'src/main', 'src')
  for (const file of [
    'main/index.js',
    'main/serve.js',
    'main/keychain.js',
    'main/mirror-reader.js',
    'main/mirror-writer.js',
    'preload/index.cjs',
    'preload/early.cjs',
    'renderer/index.html',
    '.built',
  ]) {
    await write(join('out', file), 2000)
  }
})

afterEach(async () => rm(project, { recursive: true }))

test('a build newer than all it is made of is kept', async () => {
  expect(await isBuilt(project)).toBe(true)
})

test('a changed source, however deep, asks for a new build', async () => {
  await write('src/renderer/app/main.tsx', 3000)
  await settle('src/renderer/app')
  expect(await isBuilt(project)).toBe(false)
})

test('a changed lock file asks for a new build', async () => {
  await write('package-lock.json', 3000)
  expect(await isBuilt(project)).toBe(false)
})

test('a removed source asks for a new build', async () => {
  await rm(join(project, 'src/main/serve.ts'))
  expect(await isBuilt(project)).toBe(false)
})

test('a missing output, or a build that did not finish, asks for a new build', async () => {
  await rm(join(project, 'out/renderer/index.html'))
  expect(await isBuilt(project)).toBe(false)
  await write('out/renderer/index.html', 2000)
  expect(await isBuilt(project)).toBe(true)
  await rm(join(project, 'out/.built'))
  expect(await isBuilt(project)).toBe(false)
})

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, readdir, stat, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { inProject } from './project.ts'

/** What the build reads. */
const inputs = [
  'src',
  'resources',
  'electron.vite.config.ts',
  'package.json',
  'package-lock.json',
  'tsconfig.base.json',
]

const outputs = [
  'main/index.js',
  'main/serve.js',
  'main/keychain.js',
  'main/mirror-reader.js',
  'main/mirror-writer.js',
  'preload/index.cjs',
  'preload/early.cjs',
  'renderer/index.html',
]

/** Written after a build that succeeded; its time is when that build began. */
const stamp = '.built'

/** Builds the console unless `out/` is newer than all it is made of; false when the build fails. */
export async function ensureBuilt(): Promise<boolean> {
  return (await isBuilt()) || build()
}

/** True when every file of the last build is there and nothing it was made of has changed since. */
export async function isBuilt(project = inProject()): Promise<boolean> {
  const built = await modified(join(project, 'out', stamp))
  const made = await Promise.all(outputs.map(async (file) => modified(join(project, 'out', file))))
  if (built === null || made.includes(null)) return false
  const newest = await Promise.all(inputs.map(async (input) => newestIn(join(project, input))))
  return Math.max(...newest) < built
}

/** Builds the console; what the build says is shown only when it fails. */
export async function build(): Promise<boolean> {
  const began = new Date()
  console.log('Building Vigie …')
  const child = spawn(
    process.execPath,
    [inProject('node_modules/electron-vite/bin/electron-vite.js'), 'build'],
    {
      cwd: inProject(),
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  )
  let output = ''
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()))
  const [code] = (await once(child, 'close')) as [number | null]
  if (code !== 0) {
    console.error(output)
    console.error('vigie: the build failed')
    return false
  }
  await mkdir(inProject('out'), { recursive: true })
  await writeFile(inProject('out', stamp), `${began.toISOString()}\n`)
  await utimes(inProject('out', stamp), began, began)
  return true
}

/** Time of the last change below a path, of folders too (so that a removal counts), in ms; 0 for none. */
async function newestIn(path: string): Promise<number> {
  const own = await modified(path)
  if (own === null) return 0
  const entries = await readdir(path, { withFileTypes: true }).catch(() => [])
  const below = await Promise.all(entries.map(async ({ name }) => newestIn(join(path, name))))
  return Math.max(own, ...below)
}

async function modified(path: string): Promise<number | null> {
  return stat(path).then(
    ({ mtimeMs }) => mtimeMs,
    () => null,
  )
}

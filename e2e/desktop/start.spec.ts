import { expect, test } from '@playwright/test'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { commandOf, descendantsOf, isAlive } from '../../test-support/processes.ts'
import { electronExecutable, root } from './launch.ts'

const isWindow = (pid: number) => commandOf(pid).includes('--type=renderer')

/** What `npm start` runs, with Electron at hand: it must choose the desktop and look after it. */
async function start(folder: string) {
  const { VIGIE_REDIS: _redis, VIGIE_DEMO: _demo, ...inherited } = process.env
  const child = spawn(process.execPath, [join(root, 'scripts/start.ts'), '--data', folder], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...inherited, XDG_CONFIG_HOME: join(folder, 'config') },
  })
  let output = ''
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()))
  const exited = once(child, 'exit').then(([code]) => code as number | null)
  const below = () => descendantsOf(child.pid ?? 0)
  // The first renderer stands for the window: the console behind it has been composed by then.
  await expect.poll(() => below().some(isWindow), { timeout: 30_000, message: output }).toBe(true)
  const pids = below()
  const program = basename(electronExecutable() ?? 'electron')
  const app = pids.find((pid) => {
    const command = commandOf(pid)
    return command.includes(program) && !command.includes('--type=')
  })
  return { child, exited, pids, app: app ?? 0, output: () => output }
}

const someAlive = (pids: readonly number[]) => pids.some(isAlive)

let folder: string

test.beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vigie-start-'))
})

test.afterEach(async () => rm(folder, { recursive: true, force: true }))

test('npm start opens the desktop app on the demo and stops everything when told to', async () => {
  const { child, exited, pids, app, output } = await start(folder)
  expect(output()).toContain('The demo runs on')
  expect(output()).not.toContain('in the browser')
  expect(commandOf(app)).not.toContain('redis://')
  child.kill('SIGTERM')
  expect(await exited).toBe(0)
  await expect.poll(() => someAlive(pids), { timeout: 10_000 }).toBe(false)
})

test('npm start ends with the desktop app', async () => {
  const { exited, pids, app } = await start(folder)
  process.kill(app, 'SIGTERM')
  expect(await exited).toBe(0)
  await expect.poll(() => someAlive(pids), { timeout: 10_000 }).toBe(false)
})

test('killed, npm start leaves neither the desktop app nor the demo running', async () => {
  const { child, pids } = await start(folder)
  child.kill('SIGKILL')
  await expect.poll(() => someAlive(pids), { timeout: 10_000 }).toBe(false)
})

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { freePort } from '../test-support/free-port.ts'
import { commandOf, descendantsOf, isAlive } from '../test-support/processes.ts'
import { startTestRedis } from '../test-support/redis.ts'
import { ensureBuilt, isBuilt } from './lib/build.ts'
import { inProject } from './lib/project.ts'

interface Started {
  pid: number
  output: () => string
  exited: Promise<number | null>
  kill: (signal: NodeJS.Signals) => void
}

let folder: string
let started: Started[]

beforeAll(async () => {
  if (!(await ensureBuilt())) throw new Error('the console cannot be built')
}, 60_000)

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vigie-start-'))
  started = []
})

afterEach(async () => {
  for (const { kill, exited } of started) {
    kill('SIGTERM')
    await exited
  }
  await rm(folder, { recursive: true, force: true })
})

/** Runs what `npm start` runs, with no display and a data folder of its own. */
function start(
  flags: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Started {
  return startAnywhere(['--data', folder, ...flags], environment)
}

/** The same, with its data wherever it puts them. */
function startAnywhere(
  flags: readonly string[],
  environment: Readonly<Record<string, string>>,
): Started {
  const { DISPLAY: _x11, WAYLAND_DISPLAY: _wayland, ...inherited } = process.env
  const child = spawn(process.execPath, [join(import.meta.dirname, 'start.ts'), ...flags], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...inherited, ...environment },
  })
  let output = ''
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()))
  const running = {
    pid: child.pid ?? 0,
    output: () => output,
    exited: once(child, 'exit').then(([code]) => code as number | null),
    kill: (signal: NodeJS.Signals) => void child.kill(signal),
  }
  started.push(running)
  return running
}

async function addressOf({ output, exited }: Started): Promise<URL> {
  const over = exited.then(() => Promise.reject(new Error(output())))
  const found = vi.waitUntil(() => /http:\S+token=\S+(?=\s)/.exec(output())?.[0], {
    timeout: 25_000,
  })
  return new URL(await Promise.race([found, over]))
}

/** The console's answer to a program that has the token. */
async function ask(address: URL, path: string): Promise<unknown> {
  const response = await fetch(new URL(path, address), {
    headers: { Authorization: `Bearer ${address.searchParams.get('token') ?? ''}` },
  })
  expect(response.status).toBe(200)
  return response.json()
}

/** Where the console keeps its data. */
async function dataOf(running: Started): Promise<string> {
  const about = await ask(await addressOf(running), '/api/about')
  return (about as { dataDirectory: string }).dataDirectory
}

async function areGone(pids: readonly number[]): Promise<boolean> {
  return vi.waitUntil(() => !pids.some(isAlive), { timeout: 12_000 }).catch(() => false)
}

test('npm run build leaves a build that a start takes as it is', async () => {
  await rm(inProject('out/.built'), { force: true })
  const build = spawn('npm', ['run', 'build'], { cwd: inProject(), stdio: 'ignore' })
  expect(await once(build, 'exit')).toEqual([0, null])
  expect(await isBuilt()).toBe(true)
})

test('without a Redis it opens on a demo that is alive, and stops with everything it started', async () => {
  const running = start(['--port', String(await freePort())])
  const address = await addressOf(running)
  expect(running.output()).toContain('Starting in the browser: there is no display here')
  await vi.waitFor(
    async () => {
      const { queues } = (await ask(address, '/api/environments/demo/queues')) as {
        queues: { name: string }[]
      }
      expect(queues.map(({ name }) => name)).toContain('social-publish')
    },
    { timeout: 10_000 },
  )
  const pids = descendantsOf(running.pid)
  expect(pids.length).toBeGreaterThanOrEqual(3)
  running.kill('SIGINT')
  expect(await running.exited).toBe(0)
  expect(await areGone(pids)).toBe(true)
})

test.skipIf(process.platform !== 'linux')(
  'the web entry runs with little room for young objects, which keeps its memory small',
  async () => {
    const flags = ['--web', '--redis', 'redis://127.0.0.1:1', '--port', String(await freePort())]
    const running = start(flags)
    await addressOf(running)
    const lines = descendantsOf(running.pid).map(commandOf)
    const line = lines.find((command) => command.includes('serve.js')) ?? ''
    // Before the script: after it, Node would not see it.
    expect(line.split('serve.js')[0]).toContain('--max-semi-space-size=4')
  },
)

test('a demo keeps its data in a temporary folder and removes it, unless told where', async () => {
  const temporary = join(folder, 'temporary')
  const home = join(folder, 'home')
  await Promise.all([mkdir(temporary), mkdir(home)])
  const environment = { TMPDIR: temporary, HOME: home, XDG_DATA_HOME: join(home, 'data') }
  const running = startAnywhere(['--port', String(await freePort())], environment)
  const data = await dataOf(running)
  expect(dirname(data)).toBe(temporary)
  expect(await readdir(data)).toContain('vigie.db')
  running.kill('SIGTERM')
  expect(await running.exited).toBe(0)
  expect(await readdir(temporary)).toEqual([])
  expect(await readdir(home)).toEqual([])

  const kept = start(['--port', String(await freePort())], environment)
  expect(await dataOf(kept)).toBe(folder)
  kept.kill('SIGTERM')
  await kept.exited
  expect(await readdir(folder)).toContain('vigie.db')
})

test.skipIf(process.platform !== 'linux')(
  'it opens a browser where there is a display, unless told not to, and no command line has the token',
  async () => {
    const opened = join(folder, 'opened')
    await writeFile(join(folder, 'xdg-open'), `#!/bin/sh\necho "$@" >> '${opened}'\n`, {
      mode: 0o755,
    })
    const PATH = `${folder}:${process.env['PATH'] ?? ''}`
    const web = ['--web', '--redis', 'redis://127.0.0.1:1', '--port']
    const running = start([...web, String(await freePort())], { PATH, DISPLAY: ':1' })
    const address = await addressOf(running)
    const token = address.searchParams.get('token') ?? ''
    const ticket = await vi.waitFor(async () => {
      const [line, ...more] = (await readFile(opened, 'utf8')).trim().split('\n')
      expect(more).toEqual([])
      return new URL(line ?? '')
    })
    expect(ticket.origin).toBe(address.origin)
    expect(ticket.href).not.toContain(token)
    expect(descendantsOf(running.pid).map(commandOf).join('\n')).not.toContain(token)
    expect((await fetch(ticket, { redirect: 'manual' })).headers.has('set-cookie')).toBe(true)
    expect((await fetch(ticket, { redirect: 'manual' })).status).toBe(401)

    await rm(opened)
    const quiet = start([...web, String(await freePort()), '--no-open'], { PATH, DISPLAY: ':1' })
    await addressOf(quiet)
    quiet.kill('SIGTERM')
    await quiet.exited
    await expect(readFile(opened, 'utf8')).rejects.toThrow('ENOENT')
  },
)

test('killed, it leaves nothing running', async () => {
  const running = start(['--port', String(await freePort())])
  await addressOf(running)
  const pids = descendantsOf(running.pid)
  running.kill('SIGKILL')
  expect(await areGone(pids)).toBe(true)
})

test('stopped while it is still starting, it leaves nothing running', async () => {
  const running = start(['--port', String(await freePort())])
  const pids = await vi.waitUntil(
    () => {
      const below = descendantsOf(running.pid)
      return below.length >= 2 && below
    },
    { timeout: 10_000 },
  )
  running.kill('SIGTERM')
  expect(await running.exited).toBe(0)
  expect(await areGone(pids)).toBe(true)
})

test('without a Redis server on PATH the demo lives on the embedded one', async () => {
  const running = start(['--port', String(await freePort())], { PATH: folder })
  const address = await addressOf(running)
  expect(running.output()).toContain('embedded js-redis-server')
  expect(await ask(address, '/api/environments/demo/queues')).toHaveProperty('queues')
})

test('a password of Redis is in no command line but the one it was typed on', async () => {
  const redis = await startTestRedis(['requirepass s3cr3t-of-redis'])
  try {
    const url = `redis://:s3cr3t-of-redis@127.0.0.1:${redis.port}/0`
    const running = start(['--redis', url, '--name', 'orders', '--port', String(await freePort())])
    const address = await addressOf(running)
    expect(await ask(address, '/api/environments/orders/queues')).toHaveProperty('queues')
    const lines = descendantsOf(running.pid).map(commandOf).join('\n')
    expect(lines).toContain('serve.js')
    expect(lines).not.toContain('s3cr3t-of-redis')
    expect(running.output()).not.toContain('s3cr3t-of-redis')
  } finally {
    await redis.stop()
  }
})

test('the demo dying ends the console, with a word and a failure', async () => {
  const running = start(['--port', String(await freePort())])
  await addressOf(running)
  const pids = descendantsOf(running.pid)
  const demo = pids.find((pid) => commandOf(pid).includes('demo/process.ts'))
  if (demo !== undefined) process.kill(demo, 'SIGKILL')
  expect(await running.exited).toBe(1)
  expect(running.output()).toContain('the demo has ended unexpectedly')
  expect(await areGone(pids)).toBe(true)
})

test('a port in use is told in one line, with exit code 2 and nothing left running', async () => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = address !== null && typeof address === 'object' ? address.port : 0
  try {
    const running = start(['--port', String(port)])
    expect(await running.exited).toBe(2)
    expect(running.output()).toContain(`port ${port} is in use`)
    expect(running.output()).not.toMatch(/^\s+at /m)
  } finally {
    server.close()
  }
})

test('bad flags, and a desktop where there is no display, are told in one line with exit code 2', async () => {
  const bad = start(['--no-such-flag'])
  expect(await bad.exited).toBe(2)
  expect(bad.output().trim().split('\n')).toEqual([
    'vigie: Unknown flag --no-such-flag; see --help',
  ])
  const desktop = start(['--desktop'])
  expect(await desktop.exited).toBe(2)
  expect(desktop.output().trim().split('\n')).toEqual([
    'vigie: the desktop app cannot start: there is no display here',
  ])
})

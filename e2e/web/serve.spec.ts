import { expect, test } from '@playwright/test'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { startConsole } from '../support/console.ts'

const serve = resolve(import.meta.dirname, '../../out/main/serve.js')

let folder: string
test.beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vigie-serve-'))
})
test.afterEach(() => rm(folder, { recursive: true, force: true }))

/** Runs the web entry to its end. */
async function run(flags: string[], env: Record<string, string> = {}, nodeFlags: string[] = []) {
  const data = flags.includes('--data') ? [] : ['--data', folder]
  const child = spawn(process.execPath, [...nodeFlags, serve, '--no-open', ...data, ...flags], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, VIGIE_REDIS: '', VIGIE_DEMO: '', ...env },
  })
  const printed = { out: '', err: '' }
  child.stdout.on('data', (chunk: Buffer) => (printed.out += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (printed.err += chunk.toString()))
  const [code] = (await once(child, 'close')) as [number | null]
  return { code, ...printed }
}

for (const [flags, problem] of [
  [['--nope'], 'vigie: Unknown flag --nope; see --help\n'],
  [['--port', 'x'], 'vigie: --port must be a number from 0 to 65535\n'],
  [
    ['--redis', 'http://u:S3cret@h'],
    'vigie: --redis must start with redis:// or rediss:// (TLS)\n',
  ],
] as const) {
  test(`${flags.join(' ')} ends with one line and code 2`, async () => {
    expect(await run([...flags])).toEqual({ code: 2, out: '', err: problem })
  })
}

test('--help and --version print and end', async () => {
  expect(await run(['--help'])).toMatchObject({ code: 0, err: '' })
  const { code, out } = await run(['--version'])
  expect(code).toBe(0)
  expect(out).toMatch(/^\d+\.\d+\.\d+\n$/)
})

test('a Node that is too old ends with one line and code 2, and writes nothing', async () => {
  const versions = `{ ...process.versions, node: '20.18.0', napi: '9' }`
  const disguise = `Object.defineProperty(process, 'versions', { value: ${versions} })`
  const nodeFlags = ['--import', `data:text/javascript,${encodeURIComponent(disguise)}`]
  expect(await run(['--port', '0'], {}, nodeFlags)).toEqual({
    code: 2,
    out: '',
    err: 'vigie: this is Node 20.18.0, but the web entry needs 22.14 or newer; npm start brings one\n',
  })
  expect(await readdir(folder)).toEqual([])
})

test('a port in use ends with one line and code 2', async () => {
  const running = await startConsole()
  try {
    const { port } = new URL(running.origin)
    const { code, out, err } = await run(['--port', port])
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err).toBe(
      `vigie: port ${port} is in use; choose another with --port N, or --port 0 for any free one\n`,
    )
  } finally {
    await running.stop()
  }
})

test('a host that is not ours ends with one line and code 2', async () => {
  const { code, err } = await run(['--host', '192.0.2.1', '--port', '0'])
  expect(code).toBe(2)
  expect(err).toMatch(
    /^WARNING: --host 192\.0\.2\.1 .*\nvigie: the host of --host is not an address of this machine\n$/,
  )
})

test('a data folder that cannot be one ends with a message and code 2', async () => {
  const file = join(folder, 'file')
  await writeFile(file, '')
  const { code, out, err } = await run(['--data', join(file, 'data'), '--port', '0'])
  expect({ code, out }).toEqual({ code: 2, out: '' })
  expect(err).toBe(
    `vigie: the data folder ${join(file, 'data')} cannot be used: a file is in the place of a folder; choose another with --data DIR\n`,
  )
  expect((await run(['--data', file, '--port', '0'])).err).toBe(
    `vigie: the data folder ${file} cannot be used: a file is in the place of a folder; choose another with --data DIR\n`,
  )
})

test('a Redis that is not there leaves a console that says so, and no password anywhere', async () => {
  const running = await startConsole({ redis: 'redis://ada:S3cret@127.0.0.1:1/0' })
  try {
    const headers = { authorization: `Bearer ${running.token}` }
    const environments = await fetch(`${running.origin}/api/environments`, { headers })
    const text = await environments.text()
    expect(JSON.parse(text)).toMatchObject([
      { address: 'redis://127.0.0.1:1/0', health: { state: expect.stringMatching(/connect/) } },
    ])
    const id = (JSON.parse(text) as { id: string }[])[0]?.id ?? ''
    const queues = await fetch(`${running.origin}/api/environments/${id}/queues`, { headers })
    expect(queues.status).toBe(503)
    expect(await queues.json()).toMatchObject({ code: 'ENVIRONMENT_UNREACHABLE' })
    expect(text + running.output()).not.toContain('S3cret')
  } finally {
    await running.stop()
  }
})

test('a fixed access token, and the session it opened, last over a restart', async () => {
  const environment = { VIGIE_TOKEN: 'a-fixed-token-for-scripts' }
  const first = await startConsole({ environment })
  expect(first.token).toBe('a-fixed-token-for-scripts')
  const opened = await fetch(first.url, { redirect: 'manual' })
  const cookie = opened.headers.get('set-cookie')?.split(';')[0] ?? ''
  expect(await first.stop()).toBe(0)
  const { port } = new URL(first.origin)
  const second = await startConsole({ environment, flags: ['--port', port] })
  expect(second.origin).toBe(first.origin)
  const answer = await fetch(`${second.origin}/api/about`, { headers: { cookie } })
  expect(answer.status).toBe(200)
  expect(await second.stop()).toBe(0)
})

import { listPackage } from '@electron/asar'
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses'
import { execFile, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { desktopEnvironment, electronExecutable, root } from './launch.ts'
import { expect, test } from './test.ts'

/** A fuse that is on, and one that is off, in a binary's fuse wire. */
const on = 49
const off = 48

async function end(child: ChildProcess): Promise<number | null> {
  const exited = once(child, 'exit')
  child.kill('SIGTERM')
  const [code] = (await exited) as [number | null]
  return code
}

test.describe('the packaged app', () => {
  // Where the unpacked app lies, and how it is started, is each system's own.
  test.skip(process.platform !== 'linux', 'reads the Linux package')
  const unpacked = join(root, 'dist', 'linux-unpacked')
  const executable = join(unpacked, 'vigie')
  let files: string[] = []

  test.beforeAll(async () => {
    test.setTimeout(180_000)
    await promisify(execFile)('npm', ['run', 'package'], { cwd: root })
    files = listPackage(join(unpacked, 'resources', 'app.asar'), { isPack: false })
  })

  /** Starts it with its debugging port open, which only a command line can do. */
  function run(data: string, flags: readonly string[], environment: Record<string, string> = {}) {
    const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : []
    const child = spawn(executable, [...sandbox, '--disable-gpu', '--data', data, ...flags], {
      env: { ...desktopEnvironment(data), ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const printed = { text: '' }
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => {
        printed.text += chunk.toString()
      })
    }
    return { child, printed }
  }

  test('19: has its fuses set, and the given runtime keeps its own', async () => {
    const wire = await getCurrentFuseWire(executable)
    expect(wire).toMatchObject({
      [FuseV1Options.RunAsNode]: off,
      [FuseV1Options.EnableCookieEncryption]: on,
      [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: off,
      [FuseV1Options.EnableNodeCliInspectArguments]: off,
      [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: on,
      [FuseV1Options.OnlyLoadAppFromAsar]: on,
      [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: off,
      [FuseV1Options.GrantFileProtocolExtraPrivileges]: off,
    })
    const given = electronExecutable()
    if (given !== undefined) {
      expect(await getCurrentFuseWire(given)).toMatchObject({ [FuseV1Options.RunAsNode]: on })
    }
  })

  test('holds the built app and its production dependencies alone', () => {
    expect(files).toEqual(
      expect.arrayContaining([
        '/package.json',
        '/out/main/index.js',
        '/out/preload/index.cjs',
        '/out/renderer/index.html',
        '/resources/icon.png',
        '/node_modules/bullmq',
      ]),
    )
    const tops = new Set(files.map((file) => file.split('/')[1]))
    expect(tops).toEqual(new Set(['node_modules', 'out', 'package.json', 'resources']))
    const web = /^\/out\/main\/(?:serve\.js|chunks\/serve-console|api-docs)/
    expect(files.filter((file) => web.test(file))).toEqual([])
    const unwanted =
      /\.(?:map|tsx?|test\.js|spec\.js)$|^\/node_modules\/(?:electron|vite|react|vitest|typescript|js-redis-server)(?:\/|$)/
    expect(files.filter((file) => unwanted.test(file))).toEqual([])
    expect(existsSync(join(unpacked, 'resources', 'app'))).toBe(false)
    expect(existsSync(join(unpacked, 'resources', 'default_app.asar'))).toBe(false)
  })

  test('starts, shows the console and ends cleanly', async ({ data }) => {
    const { child, printed } = run(data, ['--remote-debugging-port=0'])
    await expect.poll(() => /DevTools listening on (ws:\S+)/.exec(printed.text)?.[1]).toBeDefined()
    const [, address = ''] = /DevTools listening on (ws:\S+)/.exec(printed.text) ?? []
    const targets = async () => {
      const answer = await fetch(new URL('/json', address.replace('ws:', 'http:')))
      const pages = (await answer.json()) as { type: string; url: string; title: string }[]
      return pages.filter(({ type }) => type === 'page')
    }
    await expect.poll(targets).toEqual([
      expect.objectContaining({
        url: expect.stringMatching(/^vigie:\/\/console\/index\.html/),
        title: expect.stringContaining('Vigie'),
      }),
    ])
    expect(await end(child)).toBe(0)
    expect(await readFile(join(data, 'logs', 'vigie.log'), 'utf8')).toContain('console closed')
  })

  test('19: is no Node, takes no Node options and no debugger', async ({ data }) => {
    const environment = { ELECTRON_RUN_AS_NODE: '1', NODE_OPTIONS: '--require=/missing.cjs' }
    const { child, printed } = run(data, ['--inspect=0', '--version'], environment)
    const [code] = (await once(child, 'close')) as [number | null]
    expect(code).toBe(0)
    expect(printed.text).toMatch(/^\d+\.\d+\.\d+$/m)
    expect(printed.text).not.toContain('Debugger listening')
    expect(printed.text).not.toContain('/missing.cjs')
  })
})

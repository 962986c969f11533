import BetterSqlite from 'better-sqlite3'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { warnings } from './log.ts'
import { stubNative } from './native.ts'
import { runDesktop } from './run.ts'
import { expect, test } from './test.ts'

const stack = /\n\s+at .*\(?(?:file:|node:|\/)/
test('quitting closes the console and ends with code 0', async ({ data, start }) => {
  const desktop = await start()
  const started = Date.now()
  expect(await desktop.quit()).toBe(0)
  expect(Date.now() - started).toBeLessThan(5000)
  expect(await readFile(join(data, 'logs', 'vigie.log'), 'utf8')).toContain('console closed')
})

test('a bad flag is told in one line, with code 2 and without a window', async ({ data }) => {
  const { code, errors } = await runDesktop(data, { flags: ['--redis', 'http://x', '--bogus'] })
  expect(code).toBe(2)
  expect(errors).toContain('vigie: Unknown flag --bogus; see --help\n')
  expect(errors).not.toMatch(stack)
})

test('--help and --version answer without a window', async ({ data }) => {
  const help = await runDesktop(data, { flags: ['--help'] })
  expect(help).toMatchObject({ code: 0, output: expect.stringContaining('--read-only') })
  const version = await runDesktop(data, { flags: ['--version'] })
  expect(version).toMatchObject({ code: 0, output: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) })
})

test('a second start on the same data brings the first window to the front', async ({
  data,
  start,
}) => {
  const desktop = await start()
  const { app } = desktop
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.hide())
  const second = await runDesktop(data, { flags: ['--redis', 'redis://127.0.0.1:1'] })
  expect(second.code).toBe(0)
  expect(second.errors).toContain('vigie: already open on these data')
  const visible = () =>
    app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows().map((each) => each.isVisible()),
    )
  await expect.poll(visible).toEqual([true])
  await desktop.quit()
})

test('a start on other data is a console of its own', async ({ data, start }) => {
  const first = await start()
  const second = await start({ data: join(data, 'other') })
  expect(second.app.windows()).toHaveLength(1)
  expect(await second.quit()).toBe(0)
  await first.quit()
})

test.describe('a database that cannot be used', () => {
  // Loaded before the app, so that no dialog is ever real.
  const dialogs = join(import.meta.dirname, 'record-dialogs.cjs')

  test('is told in a dialog and on stderr, with code 1', async ({ data }) => {
    await writeFile(join(data, 'vigie.db'), 'this is no database, only text '.repeat(200))
    const { code, errors } = await runDesktop(data, { require: dialogs })
    expect(code).toBe(1)
    expect(errors).toContain('is damaged')
    expect(errors).toContain('DIALOG Vigie’s database is damaged')
    expect(errors).not.toMatch(stack)
  })

  test('by a newer version is refused and left as it is', async ({ data, start }) => {
    await (await start()).quit()
    const file = join(data, 'vigie.db')
    const database = new BetterSqlite(file)
    database.pragma('user_version = 9999')
    database.close()
    const before = await readFile(file)
    const { code, errors } = await runDesktop(data, { require: dialogs })
    expect(code).toBe(1)
    expect(errors).toContain('DIALOG These data were written by a newer version of Vigie')
    expect(await readFile(file)).toEqual(before)
  })

  test('is told in the system’s language', async ({ data }) => {
    await mkdir(join(data, 'vigie.db'))
    const { code, errors } = await runDesktop(data, { require: dialogs, language: 'fr-FR' })
    expect(code).toBe(1)
    expect(errors).toContain('DIALOG La base de données de Vigie ne peut pas être ouverte')
  })
})

test('a crashed page comes back by itself, and asks when it crashes on and on', async ({
  data,
  start,
}) => {
  const desktop = await start()
  const { app } = desktop
  const native = await stubNative(app, { answer: 0 })
  await app.evaluate(({ BrowserWindow }) => {
    const loads: number[] = []
    Object.assign(globalThis, { vigieLoads: loads })
    const contents = BrowserWindow.getAllWindows()[0]?.webContents
    contents?.on('did-finish-load', () => loads.push(contents.getOSProcessId()))
  })
  const loads = () =>
    app.evaluate(() => (globalThis as unknown as { vigieLoads: number[] }).vigieLoads)
  for (const crash of [1, 2, 3]) {
    await app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer(),
    )
    await expect.poll(loads).toHaveLength(crash)
    expect(await native.questions()).toHaveLength(crash === 3 ? 1 : 0)
  }
  expect(new Set(await loads()).size).toBe(3)
  // Each new page got its port: nothing was refused.
  const told = (await warnings(data)).map(({ msg }) => msg)
  expect(told).toEqual(Array.from({ length: 3 }, () => 'the page crashed'))
  expect(await desktop.quit()).toBe(0)
})

test('a page that hangs can be reloaded', async ({ start }) => {
  const { app } = await start()
  const native = await stubNative(app, { answer: 1 })
  const reloaded = app.evaluate(({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows()
    return new Promise<boolean>((done) => {
      window?.webContents.once('did-finish-load', () => done(true))
      // Chromium takes half a minute of a page that really hangs to say so.
      window?.emit('unresponsive')
    })
  })
  expect(await reloaded).toBe(true)
  expect(await native.questions()).toHaveLength(1)
})

test('a data folder that cannot be made is told in one line, with code 1', async ({ data }) => {
  const occupied = join(data, 'occupied')
  await writeFile(occupied, '')
  const { code, errors } = await runDesktop(join(occupied, 'data'))
  expect(code).toBe(1)
  expect(errors).toContain('cannot be written')
  expect(errors).not.toMatch(stack)
})

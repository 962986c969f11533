import BetterSqlite from 'better-sqlite3'
import { existsSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { getPriority } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { defaultMirrorSettings } from '#shared/contract/mirror.ts'
import { failedJob, rawJob } from '#test-support/raw-jobs.ts'
import { temporaryFolder } from '#test-support/temporary-folder.ts'
import { SqliteMirrorStore } from '../mirror-store.ts'
import { Thread } from './thread.ts'
import { threadScript } from './thread-script.ts'

const none = { split: [] }
const newest = { sort: '-at', limit: 10, merged: {}, count: 'exact', conditions: [] } as const

function openStore() {
  const directory = temporaryFolder()
  const store = new SqliteMirrorStore({ directory })
  const writer = store.writer('e')
  onTestFinished(async () => {
    await writer.close()
    await store.close()
  })
  return { store, writer, file: join(directory, 'mirror-e.db') }
}
const batch = (...jobs: Parameters<typeof failedJob>[0][]) => ({
  queue: 'mail',
  seenAt: 10_000,
  jobs: jobs.map((job) => failedJob(job)),
  gone: [],
})
const problem = (is: string) => expect.objectContaining({ name: 'MirrorError', problem: is })

describe('writing and reading', () => {
  test('what one thread writes, the others find; the text index fills by itself', async () => {
    const { store, writer, file } = openStore()
    expect(store.exists('e')).toBe(false)
    await writer.open(defaultMirrorSettings, none)
    expect(store.exists('e')).toBe(true)
    expect(statSync(file).mode & 0o777).toBe(0o600)
    const counts = await writer.write(
      batch({ id: '1', finished: 5000 }, { id: '2', finished: 6000 }),
    )
    expect(counts).toMatchObject({ rows: 2, undetailed: 2 })
    const page = await store.reader.search('e', newest)
    expect(page).toMatchObject({ total: 2, items: [{ id: '2' }, { id: '1' }] })
    expect(await store.reader.search('e', { ...newest, bulk: true })).toEqual(page)
    const { total } = await store.reader.facets('e', { ...newest, fields: ['queue'], limit: 5 })
    expect(total).toBe(2)
    const window = { from: 0, to: 3_600_000, bars: 1, conditions: [] }
    const { groups } = await store.reader.failures('e', {
      ...window,
      status: 'all',
      sort: 'last',
      offset: 0,
      limit: 10,
      merged: {},
      noted: {},
    })
    expect(groups).toMatchObject([{ count: 2 }])
    expect(await store.reader.failure('e', ['unknown'], window)).toBeNull()
    await vi.waitFor(async () => expect((await writer.counts()).unindexed).toBe(0))
  })

  test('answers in the order it was asked', async () => {
    const { writer } = openStore()
    const answers = await Promise.all([
      writer.open(defaultMirrorSettings, none),
      writer.write(batch({ id: '1', finished: 5000 })),
      writer.write(batch({ id: '2', finished: 6000 })),
      writer.markGone('mail', ['1'], 9000),
      writer.ids('mail', 'failed'),
      writer.census(),
    ])
    expect(answers[2].rows).toBe(2)
    expect(answers[4]).toEqual(['2'])
    expect(answers[5].get('mail')).toMatchObject({ gone: 1, counts: { failed: 1 } })
  })

  test.runIf(process.platform === 'linux')('only what writes goes after others', async () => {
    const { store, writer } = openStore()
    const own = getPriority()
    await writer.open(defaultMirrorSettings, none)
    await store.reader.search('e', newest)
    expect(getPriority()).toBe(own)
    const threads = readdirSync('/proc/self/task').map((id) => getPriority(Number(id)))
    expect(Math.max(...threads)).toBe(Math.min(19, own + 5))
  })

  test('a cursor of another list is told as such', async () => {
    const { store, writer } = openStore()
    await writer.open(defaultMirrorSettings, none)
    await expect(store.reader.search('e', { ...newest, cursor: 'x' })).rejects.toMatchObject({
      code: 'CURSOR_INVALID',
    })
  })

  test('opens again what was closed, with all that was in it', async () => {
    const { writer } = openStore()
    await writer.open(defaultMirrorSettings, none)
    await writer.write(batch({ id: '1', finished: 5000 }))
    await writer.close()
    await expect(writer.counts()).rejects.toEqual(problem('unavailable'))
    expect(await writer.open(defaultMirrorSettings, none)).toMatchObject({ rows: 1 })
  })
})

describe('trouble', () => {
  test('a query without a file', async () => {
    const { store } = openStore()
    await expect(store.reader.search('e', newest)).rejects.toEqual(problem('unavailable'))
  })

  test('a file that is damaged is told, left as it is, and built anew on request', async () => {
    const { store, writer, file } = openStore()
    writeFileSync(file, 'this is no database at all, but long enough for a header'.repeat(50))
    await expect(writer.open(defaultMirrorSettings, none)).rejects.toEqual(problem('damaged'))
    await expect(store.reader.search('e', newest)).rejects.toEqual(problem('damaged'))
    expect(await writer.rebuild()).toMatchObject({ rows: 0 })
    await writer.write(batch({ id: '1', finished: 5000 }))
    expect(await store.reader.search('e', newest)).toMatchObject({ total: 1 })
  })

  test('a file of a newer version is refused, one of an older version built anew', async () => {
    const { store, writer, file } = openStore()
    await writer.open(defaultMirrorSettings, none)
    await writer.write(batch({ id: '1', finished: 5000 }))
    await writer.close()
    const setVersion = (version: number) => {
      const database = new BetterSqlite(file)
      database.pragma(`user_version = ${version}`)
      database.close()
    }
    setVersion(99)
    const size = statSync(file).size
    await expect(writer.open(defaultMirrorSettings, none)).rejects.toEqual(problem('newer'))
    await expect(store.reader.search('e', newest)).rejects.toEqual(problem('newer'))
    expect(statSync(file).size).toBe(size)
    setVersion(0)
    await expect(store.reader.search('e', newest)).rejects.toEqual(problem('unavailable'))
    expect(await writer.open(defaultMirrorSettings, none)).toMatchObject({ rows: 0 })
  })

  test('a rebuilt file is found by the readers', async () => {
    const { store, writer } = openStore()
    await writer.open(defaultMirrorSettings, none)
    await writer.write(batch({ id: '1', finished: 5000 }))
    expect(await store.reader.search('e', newest)).toMatchObject({ total: 1 })
    await writer.rebuild()
    expect(await store.reader.search('e', newest)).toMatchObject({ total: 0 })
    await writer.close()
    await store.remove('e')
    expect(store.exists('e')).toBe(false)
  })

  test.each([
    ['deleted', (file: string) => rmSync(file)],
    ['replaced', (file: string) => renameSync(file, `${file}.away`)],
  ])('a file that is %s while it is open', async (_, strike) => {
    const { writer, file, store } = openStore()
    await writer.open(defaultMirrorSettings, none)
    await writer.write(batch({ id: '1', finished: 5000 }))
    strike(file)
    await vi.waitFor(
      async () =>
        expect(writer.write(batch({ id: '2', finished: 6000 }))).rejects.toEqual(
          problem('unavailable'),
        ),
      { timeout: 5000 },
    )
    await expect(store.reader.search('e', newest)).rejects.toEqual(problem('unavailable'))
    expect(await writer.rebuild()).toMatchObject({ rows: 0 })
    expect(existsSync(file)).toBe(true)
  })

  test('a folder that is not there', async () => {
    const store = new SqliteMirrorStore({ directory: join(temporaryFolder(), 'never') })
    const writer = store.writer('e')
    onTestFinished(async () => writer.close())
    await expect(writer.open(defaultMirrorSettings, none)).rejects.toEqual(problem('unavailable'))
    await expect(writer.rebuild()).rejects.toEqual(problem('unavailable'))
  })

  test('a thread that fails is told, and started again by the next call', async () => {
    const { writer } = openStore()
    const broken = new Thread(threadScript('writer'), null)
    await expect(broken.call('counts')).rejects.toEqual(problem('unavailable'))
    await writer.open(defaultMirrorSettings, none)
    const jobs = [{ ...rawJob({ id: '1' }), fields: null as never }]
    await expect(writer.write({ queue: 'mail', seenAt: 1, jobs, gone: [] })).rejects.toThrow('null')
    expect(await writer.write(batch({ id: '1', finished: 5000 }))).toMatchObject({ rows: 1 })
  })
})

test.each([
  ['/a/src/thread/thread-script.ts', '/a/src/thread/reader-thread.ts'],
  ['/a/out/main/chunks/compose-x.js', '/a/out/main/mirror-reader.js'],
  ['/a/out/main/index.js', '/a/out/main/mirror-reader.js'],
])('beside %s the script of a reader is %s', (here, script) => {
  expect(threadScript('reader', here)).toBe(script)
})

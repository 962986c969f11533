import BetterSqlite from 'better-sqlite3'
import { closeSync, openSync, readFileSync, statSync, truncateSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { defaultMirrorSettings } from '#shared/contract/mirror.ts'
import { failedJob } from '#test-support/raw-jobs.ts'
import { temporaryFolder } from '#test-support/temporary-folder.ts'
import { inspectMirror } from './inspect-mirror.ts'
import { MirrorFile } from './mirror-file.ts'
import { mirrorError } from './mirror-problem.ts'

const none = { split: [] }
const problem = (is: string) => expect.objectContaining({ name: 'MirrorError', problem: is })

function openFile() {
  const file = join(temporaryFolder(), 'mirror-e.db')
  const mirror = new MirrorFile(file)
  onTestFinished(() => mirror.close())
  mirror.open(defaultMirrorSettings, none)
  return { file, mirror }
}

const jobs = (count: number, from = 0) =>
  Array.from({ length: count }, (_, index) =>
    failedJob({
      id: `${from + index}`,
      finished: 1_000_000 + from + index,
      message: `no room for ${'x'.repeat(200)} ${from + index}`,
    }),
  )
const batch = (count: number, from = 0) => ({
  queue: 'mail',
  seenAt: 1,
  jobs: jobs(count, from),
  gone: [],
})

/** Fills a file that is closed then, with its journal written back. */
function filled(count: number) {
  const { file, mirror } = openFile()
  mirror.write(batch(count))
  mirror.close()
  return { file, mirror }
}

/** Makes the file behave as on a disk with no room for more pages: as SQLite reports it, SQLITE_FULL. */
function fillDisk(room: number) {
  const prepare = vi.spyOn(BetterSqlite.prototype, 'pragma')
  prepare.mockImplementation(function pragma(this: BetterSqlite.Database, ...given) {
    prepare.mockRestore()
    const answer = this.pragma(...given)
    this.pragma(
      `max_page_count = ${(this.pragma('page_count', { simple: true }) as number) + room}`,
    )
    return answer
  })
}

test('a full disk is told, nothing is half written, and writing goes on once there is room', () => {
  const { file, mirror } = openFile()
  mirror.write(batch(500))
  const before = mirror.counts()
  // `tidy` asks for the journal's length by a pragma: the way in to the connection.
  for (let index = 0; index < 8; index += 1) mirror.mark(markOf(index))
  fillDisk(2)
  mirror.tidy()
  expect(() => mirror.write(batch(500, 500))).toThrow(problem('disk-full'))
  expect(mirror.counts()).toMatchObject({ rows: before.rows, undetailed: before.undetailed })
  expect(mirror.census().get('mail')?.counts.failed).toBe(500)
  expect(mirror.ids('mail', 'failed')).toHaveLength(500)
  mirror.close()
  mirror.open(defaultMirrorSettings, none)
  expect(mirror.write(batch(500, 500))).toMatchObject({ rows: 1000 })
  const reader = new BetterSqlite(file, { readonly: true })
  onTestFinished(() => void reader.close())
  expect(reader.prepare('SELECT sum(count) FROM failure_hour').pluck().get()).toBe(1000)
})

const markOf = (checkedAt: number) => ({
  queue: 'mail',
  library: 'bullmq' as const,
  position: null,
  backfilled: {},
  checkedAt,
})

test('damage is found while the file is in use, and a rebuild mends it', () => {
  const { file, mirror } = filled(3000)
  mirror.open(defaultMirrorSettings, none)
  const descriptor = openSync(file, 'r+')
  const size = statSync(file).size
  for (let at = 3 * 4096; at < size; at += 4096)
    writeSync(descriptor, Buffer.alloc(4096, 7), 0, 4096, at)
  closeSync(descriptor)
  expect(() => {
    mirror.write(batch(3000, 1500))
    mirror.ids('mail', 'failed')
  }).toThrow(problem('damaged'))
  expect(mirror.rebuild()).toMatchObject({ rows: 0 })
  expect(mirror.write(batch(10))).toMatchObject({ rows: 10 })
})

test.each([
  [
    'cut in half',
    (file: string) => truncateSync(file, Math.floor(statSync(file).size / 8192) * 4096),
  ],
  [
    'overwritten in its head',
    (file: string) => {
      const descriptor = openSync(file, 'r+')
      writeSync(descriptor, Buffer.alloc(64, 1), 0, 64, 0)
      closeSync(descriptor)
    },
  ],
  [
    'not made by the console',
    (file: string) => {
      const database = new BetterSqlite(file)
      database.exec('DROP INDEX job_name')
      database.close()
    },
  ],
])('a file that is %s is found damaged before anything is written', (_, strike) => {
  const { file, mirror } = filled(2000)
  strike(file)
  const before = readFileSync(file)
  expect(() => mirror.open(defaultMirrorSettings, none)).toThrow(problem('damaged'))
  expect(readFileSync(file).equals(before)).toBe(true)
  expect(mirror.rebuild()).toMatchObject({ rows: 0 })
})

test('a whole file is found so, also where it is too large to be read page by page', () => {
  const { file } = filled(10)
  const database = new BetterSqlite(file)
  database.exec("INSERT INTO fact VALUES ('filler', hex(zeroblob(9000000)))")
  database.close()
  expect(statSync(file).size).toBeGreaterThan(16 * 1024 * 1024)
  expect(inspectMirror(file)).toBe('current')
  truncateSync(file, statSync(file).size - 4096)
  expect(() => inspectMirror(file)).toThrow(problem('damaged'))
})

const system = (code: string) => Object.assign(new Error(code), { code })

test('what the system says of a file is told as what can be done about it', () => {
  for (const [code, is] of [
    ['EACCES', 'not-permitted'],
    ['EROFS', 'not-permitted'],
    ['ENOSPC', 'disk-full'],
    ['ENOENT', 'unavailable'],
  ] as const) {
    expect(mirrorError(system(code), 'f')).toEqual(problem(is))
  }
  for (const [code, is] of [
    ['SQLITE_FULL', 'disk-full'],
    ['SQLITE_READONLY', 'not-permitted'],
    ['SQLITE_CORRUPT_VTAB', 'damaged'],
    ['SQLITE_BUSY', 'unavailable'],
  ] as const) {
    expect(mirrorError(new BetterSqlite.SqliteError('no', code), 'f')).toEqual(problem(is))
  }
  const bug = new TypeError('not a function')
  expect(mirrorError(bug, 'f')).toBe(bug)
})

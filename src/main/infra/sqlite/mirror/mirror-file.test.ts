import BetterSqlite from 'better-sqlite3'
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { defaultMirrorSettings, type MirrorSettings } from '#shared/contract/mirror.ts'
import { failedJob, rawDetails, rawJob } from '#test-support/raw-jobs.ts'
import { temporaryFolder } from '#test-support/temporary-folder.ts'
import { MirrorFile } from './mirror-file.ts'
import { keyTies, mirrorSchemaVersion } from './schema.ts'

const none = { split: [] }
const hour = 60 * 60 * 1000

function openFile(settings: Partial<MirrorSettings> = {}) {
  const file = join(temporaryFolder(), 'mirror-e.db')
  const mirror = new MirrorFile(file)
  onTestFinished(() => mirror.close())
  mirror.open({ ...defaultMirrorSettings, ...settings }, none)
  const reader = new BetterSqlite(file, { readonly: true })
  onTestFinished(() => void reader.close())
  const all = (sql: string, ...values: unknown[]) => reader.prepare(sql).all(...values)
  const column = (sql: string, ...values: unknown[]) =>
    reader
      .prepare(sql)
      .pluck()
      .all(...values)
  return {
    file,
    mirror,
    all,
    column,
    write: (jobs: Parameters<MirrorFile['write']>[0]['jobs'], seenAt = 10_000, queue = 'mail') =>
      mirror.write({ queue, seenAt, jobs, gone: [] }),
    indexAll: () => {
      for (;;) if (mirror.indexText(1000) === 0) break
    },
    found: (term: string) =>
      column(
        'SELECT job.id FROM words JOIN job ON job.key = words.rowid WHERE words MATCH ?',
        `"${term}"`,
      ),
  }
}

describe('a new file', () => {
  test('is for its owner alone, with a journal beside it', () => {
    const { file, all } = openFile()
    for (const name of readdirSync(join(file, '..'))) {
      expect([name, statSync(join(file, '..', name)).mode & 0o777]).toEqual([name, 0o600])
    }
    expect(all('PRAGMA journal_mode')).toEqual([{ journal_mode: 'wal' }])
    expect(all('PRAGMA user_version')).toEqual([{ user_version: mirrorSchemaVersion }])
  })
})

describe('writing', () => {
  test('keeps what the hash says, newest first by key', () => {
    const { write, all, mirror } = openFile()
    write([
      failedJob({ id: '1', finished: 5000, name: 'a' }),
      rawJob({ id: '2', added: 9000, name: 'b' }),
      rawJob({ id: '3', state: 'delayed', added: 8000, score: 20_000 * 4096 + 3 }),
    ])
    expect(
      all(`SELECT job.id, state, key / ${keyTies} AS at, due, wait, attempts, allowed, message, word.text AS name
           FROM job JOIN word ON word.id = job.name ORDER BY key DESC`),
    ).toEqual([
      expect.objectContaining({ id: '2', state: 1, at: 9000, name: 'b', allowed: 3 }),
      expect.objectContaining({ id: '3', state: 3, at: 8000, due: 20_000 }),
      expect.objectContaining({ id: '1', state: 5, at: 5000, message: 'it broke', attempts: 3 }),
    ])
    expect(mirror.counts()).toMatchObject({ rows: 3, gone: 0, undetailed: 3, unindexed: 3 })
    expect(mirror.census().get('mail')?.counts).toMatchObject({ failed: 1, waiting: 1, delayed: 1 })
  })

  test('a job that moves has one row, under its new time', () => {
    const { write, all } = openFile()
    write([rawJob({ id: '1', added: 1000 })])
    write([rawJob({ id: '1', state: 'active', added: 1000, started: 2000 })])
    write([rawJob({ id: '1', state: 'completed', added: 1000, started: 2000, finished: 3000 })])
    expect(all(`SELECT id, state, key / ${keyTies} AS at, started FROM job`)).toEqual([
      { id: '1', state: 6, at: 3000, started: 2000 },
    ])
  })

  test('of one job twice in a batch the last counts', () => {
    const { write, all, mirror } = openFile()
    write([rawJob({ id: '1', added: 1000 }), failedJob({ id: '1', finished: 1500 })])
    expect(all('SELECT state FROM job')).toEqual([{ state: 5 }])
    expect(mirror.counts().rows).toBe(1)
  })

  test('writes nothing for a job that is as it was', () => {
    const { write, mirror, column } = openFile()
    write([failedJob({ id: '1', finished: 5000 })], 10_000)
    mirror.writeDetails('mail', [rawDetails('1', { data: { userId: 'u1' } })])
    write([failedJob({ id: '1', finished: 5000 })], 20_000)
    expect(column('SELECT seen FROM job')).toEqual([10_000])
    write([failedJob({ id: '1', finished: 5000 })], 80_000)
    expect(column('SELECT seen FROM job')).toEqual([80_000])
    expect(mirror.counts().undetailed).toBe(0)
    expect(column('SELECT sum(count) FROM failure_hour')).toEqual([1])
  })

  test('holds many more jobs of one millisecond than a key has ties for', () => {
    const { write, column } = openFile()
    const jobs = Array.from({ length: 10_000 }, (_, id) => rawJob({ id: `${id}`, added: 7000 }))
    for (let from = 0; from < jobs.length; from += 1000) write(jobs.slice(from, from + 1000))
    expect(column('SELECT count(*) FROM job')).toEqual([10_000])
    expect(column(`SELECT max(key / ${keyTies}) FROM job`)).toEqual([7000 + 10_000 / keyTies - 1])
  })

  test('keeps apart times that no clock shows', () => {
    const { write, column } = openFile()
    write([1e300, -5, 9e15].map((added, id) => rawJob({ id: `${id}`, added })))
    expect(column('SELECT id FROM job ORDER BY key')).toEqual(['1', '0', '2'])
  })

  test('counts the jobs of which a value was too long to be looked into, wherever they go', () => {
    const { write, mirror } = openFile()
    const count = () => {
      const { undetailed, tooLong } = mirror.counts()
      return { undetailed, tooLong }
    }
    const jobs = ['1', '2', '3'].map((id) => failedJob({ id, finished: 5000 }))
    write(jobs)
    const large = { ...rawDetails('1', {}), data: null, tooLong: true }
    mirror.writeDetails('mail', [large, { ...large, id: '2' }, rawDetails('3', {})])
    expect(count()).toEqual({ undetailed: 0, tooLong: 2 })
    mirror.markGone('mail', ['2'], 9000)
    expect(count()).toEqual({ undetailed: 0, tooLong: 1 })
    write(jobs)
    expect(count()).toEqual({ undetailed: 0, tooLong: 2 })
    mirror.configure({ ...defaultMirrorSettings, payloadText: 'all' })
    expect(count()).toEqual({ undetailed: 3, tooLong: 0 })
    mirror.writeDetails('mail', [large])
    write([failedJob({ id: '2', finished: 8000 })])
    expect(count()).toEqual({ undetailed: 2, tooLong: 1 })
    mirror.open({ ...defaultMirrorSettings, payloadText: 'all' }, none)
    expect(count()).toEqual({ undetailed: 2, tooLong: 1 })
  })

  test('remembers a first line that lies beyond what is kept of the message', () => {
    const { write, all } = openFile()
    const issues = Array.from({ length: 30 }, (_, index) => ({
      path: ['lines', index, 'price'],
      message: 'Required',
    }))
    write([
      failedJob({ id: '1', finished: 2000, message: JSON.stringify(issues, null, 2) }),
      failedJob({ id: '2', finished: 3000, message: 'x'.repeat(5000) }),
    ])
    expect(all('SELECT line, length(message) AS length FROM job ORDER BY id')).toEqual([
      { line: 'lines[0].price: Required (+29 more)', length: 1000 },
      { line: null, length: 1000 },
    ])
  })
})

describe('jobs that are gone', () => {
  test('are kept apart with when they went, and come back when they do', () => {
    const { write, mirror, all, column } = openFile()
    write([failedJob({ id: '1', finished: 5000 }), failedJob({ id: '2', finished: 6000 })])
    mirror.markGone('mail', ['1', 'never'], 9000)
    expect(all('SELECT id, gone FROM gone_job')).toEqual([{ id: '1', gone: 9000 }])
    expect(mirror.counts()).toMatchObject({ rows: 1, gone: 1, undetailed: 1, unindexed: 1 })
    write([failedJob({ id: '1', finished: 5000 })])
    expect(column('SELECT id FROM job ORDER BY id')).toEqual(['1', '2'])
    expect(mirror.counts()).toMatchObject({ rows: 2, gone: 0, undetailed: 2, unindexed: 2 })
    expect(column('SELECT sum(count) FROM failure_hour')).toEqual([2])
  })

  test('another job under the same id does not bring the old one back', () => {
    const { write, mirror, column } = openFile()
    write([failedJob({ id: '1', finished: 5000 })])
    mirror.markGone('mail', ['1'], 9000)
    write([rawJob({ id: '1', added: 20_000 })])
    expect(column('SELECT count(*) FROM gone_job')).toEqual([1])
    mirror.markGone('mail', ['1'], 30_000)
    expect(column('SELECT gone FROM gone_job')).toEqual([30_000])
    expect(mirror.counts()).toMatchObject({ rows: 0, gone: 1 })
  })

  test('are forgotten at once where none are kept', () => {
    const { write, mirror, column } = openFile({ retentionDays: 0 })
    write([failedJob({ id: '1', finished: 5000 })])
    mirror.markGone('mail', ['1'], 9000)
    expect(column('SELECT count(*) FROM gone_job')).toEqual([0])
    expect(column('SELECT sum(count) FROM failure_hour')).toEqual([1])
  })

  test('are told of by an event alone', () => {
    const { mirror, all, column } = openFile()
    const told = {
      id: '1',
      name: 'send',
      state: 'failed' as const,
      at: 2 * hour,
      message: 'no luck',
    }
    const batch = { queue: 'mail', seenAt: 2 * hour, jobs: [], gone: [told] }
    mirror.write(batch)
    mirror.write(batch)
    expect(all('SELECT id, state, finished, message FROM gone_job')).toEqual([
      { id: '1', state: 5, finished: 2 * hour, message: 'no luck' },
    ])
    expect(column('SELECT count FROM failure_hour')).toEqual([1])
  })

  test('are swept when their time is over, with what nothing speaks of any more', () => {
    const { write, mirror, column } = openFile({ payloadText: 'failed' })
    write([failedJob({ id: '1', finished: 5000, name: 'once' })])
    mirror.writeDetails('mail', [rawDetails('1', { data: { userId: 'u1' } })])
    mirror.markGone('mail', ['1'], 9000)
    expect(mirror.sweep(9000, 10_000)).toBe(0)
    expect(mirror.sweep(9001, 200 * 24 * hour)).toBe(1)
    for (const table of ['gone_job', 'payload', 'failure_hour', 'failure_user', 'failure_group']) {
      expect([table, column(`SELECT count(*) FROM ${table}`)]).toEqual([table, [0]])
    }
    expect(column('SELECT text FROM word')).toEqual([])
  })

  test('all below a score, of one state of one queue', () => {
    const { write, mirror, column } = openFile()
    const jobs = [1000, 2000, 3000].map((finished) => failedJob({ id: `${finished}`, finished }))
    write(jobs)
    write(jobs, 10_000, 'other')
    expect(mirror.goneBelow('mail', 'failed', 3000, 9000)).toBe(2)
    expect(mirror.ids('mail', 'failed')).toEqual(['3000'])
    expect(column('SELECT count(*) FROM gone_job')).toEqual([2])
    mirror.forgetQueue('other', 9500)
    expect(mirror.counts()).toMatchObject({ rows: 1, gone: 5 })
  })
})

describe('comparing with Redis', () => {
  const scores = [1000, 1500, 2000, 2000, 3000]

  test.each([
    ['where keys tell', (finished: number) => failedJob({ id: '', finished })],
    [
      'where keys tell, but for some',
      (finished: number) => failedJob({ id: '', finished }),
      [1999, 2000, 3999].flatMap((finished) => Array.from({ length: 30 }, () => finished)),
    ],
    [
      'where scores and times differ',
      (finished: number) => failedJob({ id: '', finished: finished + 50_000, score: finished }),
    ],
    [
      'of a set that is not ordered by time',
      (score: number) => rawJob({ id: '', state: 'prioritized' as const, added: 77, score }),
    ],
  ])('counts and lists by score %s', (_, jobOf, spilling: readonly number[] = []) => {
    const { write, mirror } = openFile()
    const all = [...scores, ...spilling]
    const jobs = all.map((score, index) => ({ ...jobOf(score), id: `${index}` }))
    const state = jobs[0]?.state === 'failed' ? 'failed' : 'prioritized'
    const ids = (from: number, below: number) =>
      all.flatMap((score, index) => (score >= from && score < below ? [`${index}`] : []))
    write(jobs)
    const edges = [0, 1500, 1999, 2000, 2001, 4000, 4001]
    const counts = edges.map((edge, at) => ids(edge, edges[at + 1] ?? Infinity).length)
    expect(mirror.buckets('mail', state, edges)).toEqual(counts)
    expect(mirror.ids('mail', state, { from: 1500, to: 2000 }).toSorted()).toEqual(
      ids(1500, 2001).toSorted(),
    )
    expect(mirror.buckets('nowhere', state, [0, 1])).toEqual([0, 0])
    expect(mirror.goneBelow('mail', state, 2000, 9000)).toBe(ids(0, 2000).length)
    expect(mirror.ids('mail', state).toSorted()).toEqual(ids(2000, Infinity).toSorted())
    const paged: string[] = []
    for (let after: number | null = null; ;) {
      const page = mirror.idsAfter('mail', state, after, 2)
      paged.push(...page.ids)
      after = page.next
      if (after === null) break
    }
    expect(paged.toSorted()).toEqual(ids(2000, Infinity).toSorted())
  })
})

describe('marks', () => {
  test('are kept per queue, until the queue is forgotten', () => {
    const { mirror } = openFile()
    const mark = {
      queue: 'mail',
      library: 'bullmq' as const,
      position: { id: '5-0', added: 7 },
      backfilled: { failed: 'done' as const },
      checkedAt: 5,
    }
    mirror.mark({ ...mark, checkedAt: 1 })
    mirror.mark(mark)
    expect(mirror.marks()).toEqual([mark])
    mirror.forgetQueue('mail', 9)
    expect(mirror.marks()).toEqual([])
  })
})

describe('text', () => {
  test('is found by its words and pieces once it is indexed, under the key of the row', () => {
    const { write, indexAll, found, column, mirror } = openFile()
    write([failedJob({ id: 'j-77', finished: 5000, message: 'Connection réset by peer' })])
    expect(found('reset')).toEqual([])
    indexAll()
    expect(found('reset')).toEqual(['j-77'])
    expect(found('send')).toEqual(['j-77'])
    expect(column(`SELECT rowid FROM pieces WHERE pieces MATCH '"nec" AND "n r"'`)).toHaveLength(1)
    expect(mirror.counts().unindexed).toBe(0)
  })

  test('moves with the job and goes with it', () => {
    const { write, indexAll, found, mirror } = openFile()
    write([failedJob({ id: '1', finished: 5000, message: 'first' })])
    indexAll()
    write([failedJob({ id: '1', finished: 6000, added: 4800, message: 'second' })])
    expect(found('first')).toEqual([])
    indexAll()
    expect(found('second')).toEqual(['1'])
    mirror.markGone('mail', ['1'], 9000)
    expect(found('second')).toEqual([])
    while (mirror.mergeText()) {
      // Until all is merged.
    }
    expect(mirror.counts().unindexed).toBe(0)
  })

  test('leaves those for later whose details are still to be read', () => {
    const { write, mirror } = openFile()
    write([failedJob({ id: '1', finished: 5000 }), failedJob({ id: '2', finished: 6000 })])
    mirror.writeDetails('mail', [rawDetails('1', { data: { userId: 'u1' } })])
    expect(mirror.indexText(10, true)).toBe(1)
    expect(mirror.indexText(10)).toBe(0)
  })
})

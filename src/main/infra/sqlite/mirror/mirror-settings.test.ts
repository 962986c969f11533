import BetterSqlite from 'better-sqlite3'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { defaultMirrorSettings, type MirrorSettings } from '#shared/contract/mirror.ts'
import { fingerprintOf } from '#shared/domain/fingerprint/fingerprint.ts'
import { failedJob, rawDetails, rawJob } from '#test-support/raw-jobs.ts'
import { temporaryFolder } from '#test-support/temporary-folder.ts'
import { MirrorFile } from './mirror-file.ts'

const hour = 60 * 60 * 1000
const settingsWith = (change: Partial<MirrorSettings>) => ({ ...defaultMirrorSettings, ...change })

function openFile(settings: Partial<MirrorSettings> = {}) {
  const file = join(temporaryFolder(), 'mirror-e.db')
  const mirror = new MirrorFile(file)
  onTestFinished(() => mirror.close())
  mirror.open(settingsWith(settings), { split: [] })
  const reader = new BetterSqlite(file, { readonly: true })
  onTestFinished(() => void reader.close())
  return {
    mirror,
    column: (sql: string, ...values: unknown[]) =>
      reader
        .prepare(sql)
        .pluck()
        .all(...values),
    all: (sql: string) => reader.prepare(sql).all(),
    write: (jobs: Parameters<MirrorFile['write']>[0]['jobs']) =>
      mirror.write({ queue: 'mail', seenAt: 1, jobs, gone: [] }),
  }
}

const stackOf = (place: string) =>
  `Error: it broke\n    at ${place} (/srv/app/dist/${place}.js:10:5)\n    at node:internal/x:1:1`

const user = (id: string, place: string) =>
  rawDetails(id, { data: { userId: `u${id}` }, stack: stackOf(place) })

describe('details', () => {
  test('are kept by the mapping, with the payload as chosen, redacted', () => {
    const { mirror, write, all, column } = openFile({ payloadText: 'failed' })
    write([failedJob({ id: '1', finished: 5000 }), rawJob({ id: '2' })])
    const data = { userId: 42, brandId: 'b', password: 'hunter2', note: 'hello' }
    const result = { metrics: { cost_usd: 0.5 } }
    mirror.writeDetails('mail', [
      rawDetails('1', { data, result, stack: stackOf('store') }),
      rawDetails('2', { data }),
      { id: 'never', missing: true },
    ])
    expect(
      all(`SELECT job.id, user.text AS user, brand.text AS brand, cost FROM job
           JOIN word AS user ON user.id = user JOIN word AS brand ON brand.id = brand ORDER BY 1`),
    ).toEqual([
      { id: '1', user: '42', brand: 'b', cost: 0.5 },
      { id: '2', user: '42', brand: 'b', cost: null },
    ])
    expect(column('SELECT text FROM payload')).toEqual([expect.stringContaining('hello')])
    expect(column('SELECT text FROM payload')).toEqual([expect.not.stringContaining('hunter2')])
    expect(mirror.counts().undetailed).toBe(0)
  })

  test('keep of a checkpoint no value of a hidden key, and are read again for other keys', () => {
    const { mirror, write, column } = openFile()
    write([rawJob({ id: '1' }), rawJob({ id: '2' })])
    const data = { checkpoint: { step: 3, apiKey: 'hunter2', note: 'wistful' } }
    mirror.writeDetails('mail', [rawDetails('1', { data }), rawDetails('2', { data: {} })])
    const checkpoints = () => column('SELECT checkpoint FROM job WHERE checkpoint IS NOT NULL')
    expect(checkpoints()).toEqual(['{"step":3,"apiKey":"[redacted]","note":"wistful"}'])
    expect(mirror.configure(settingsWith({ redaction: ['note'] })).undetailed).toBe(1)
    mirror.writeDetails('mail', [rawDetails('1', { data })])
    expect(checkpoints()).toEqual(['{"step":3,"apiKey":"hunter2","note":"[redacted]"}'])
  })

  test('of one queue are read again when asked, of those that have some to read', () => {
    const nothing = Object.fromEntries(
      Object.keys(defaultMirrorSettings.mapping).map((field) => [field, []]),
    ) as unknown as MirrorSettings['mapping']
    for (const [mapping, again] of [
      [defaultMirrorSettings.mapping, ['2', '1']],
      [nothing, ['1']],
    ] as const) {
      const { mirror, write } = openFile({ mapping })
      write([failedJob({ id: '1', finished: 5000 }), rawJob({ id: '2' })])
      mirror.write({
        queue: 'other',
        seenAt: 1,
        jobs: [failedJob({ id: '3', finished: 5000 })],
        gone: [],
      })
      mirror.writeDetails('mail', [user('1', 'store'), user('2', 'store')])
      mirror.writeDetails('other', [user('3', 'store')])
      expect(mirror.undetailed(9)).toEqual([])
      mirror.reread('mail')
      expect(
        mirror
          .undetailed(9)
          .map(({ id }) => id)
          .sort(),
      ).toEqual([...again].sort())
      expect(mirror.counts().undetailed).toBe(again.length)
    }
  })

  test('are read again when what they were read of has changed, failed ones first', () => {
    const { mirror, write } = openFile()
    write([failedJob({ id: '1', finished: 5000 }), rawJob({ id: '2', added: 9000 })])
    expect(mirror.undetailed(5)).toEqual([
      { queue: 'mail', id: '1', failed: true },
      { queue: 'mail', id: '2', failed: false },
    ])
    mirror.writeDetails('mail', [rawDetails('1', { data: {} }), { id: '2', missing: true }])
    expect(mirror.undetailed(5)).toEqual([])
    write([rawJob({ id: '2', state: 'active', added: 9000, started: 9500 })])
    expect(mirror.undetailed(5)).toEqual([])
    write([rawJob({ id: '2', state: 'completed', added: 9000, started: 9500, finished: 9900 })])
    expect(mirror.undetailed(5)).toEqual([{ queue: 'mail', id: '2', failed: false }])
  })

  test('tell the group by its frame, and what was counted moves along', () => {
    const { mirror, write, all, column } = openFile()
    const at = 10 * hour
    write([
      failedJob({ id: '1', finished: at + 1 }),
      failedJob({ id: '2', finished: at + 2 }),
      failedJob({ id: '3', finished: at + 3 }),
    ])
    expect(all('SELECT count, frame FROM failure_hour JOIN failure_group ON id = failure')).toEqual(
      [{ count: 3, frame: null }],
    )
    mirror.writeDetails('mail', [user('1', 'store'), user('2', 'store'), user('3', 'load')])
    expect(
      all(`SELECT sum(count) AS count, first_seen - ${at} AS first, last_seen - ${at} AS last,
             stack LIKE '%store%' AS stores
           FROM failure_hour JOIN failure_group ON id = failure GROUP BY id ORDER BY 1`),
    ).toEqual([
      { count: 1, first: 3, last: 3, stores: 0 },
      { count: 2, first: 1, last: 2, stores: 1 },
    ])
    expect(column('SELECT count FROM failure_user')).toEqual([1, 1, 1])
    // It runs again and fails once more: counted anew, for its user too.
    write([rawJob({ id: '1', added: at - 199 })])
    write([failedJob({ id: '1', finished: at + 50, added: at - 199 })])
    mirror.writeDetails('mail', [user('1', 'store')])
    expect(column('SELECT sum(count) FROM failure_hour')).toEqual([4])
    expect(column('SELECT sum(count) FROM failure_user')).toEqual([4])
    expect(mirror.counts().undetailed).toBe(0)
  })
})

describe('changed settings', () => {
  test.each<[string, Partial<MirrorSettings>, string[]]>([
    ['retention: nothing', { retentionDays: 3 }, []],
    [
      'a path in the data: all',
      { mapping: { ...defaultMirrorSettings.mapping, user: ['data.owner'] } },
      ['1', '2', '3'],
    ],
    [
      'paths in results alone: what has finished',
      { mapping: { ...defaultMirrorSettings.mapping, tokens: ['returnvalue.n'] } },
      ['1', '2'],
    ],
    ['payload of failed ones: those', { payloadText: 'failed' }, ['1']],
    ['payload of all: all', { payloadText: 'all' }, ['1', '2', '3']],
  ])('are applied to what they touch alone; %s', (_, change, touched) => {
    const { mirror, write, column } = openFile()
    write([
      failedJob({ id: '1', finished: 5000 }),
      rawJob({ id: '2', state: 'completed', finished: 6000 }),
      rawJob({ id: '3' }),
    ])
    mirror.writeDetails(
      'mail',
      ['1', '2', '3'].map((id) => rawDetails(id, { data: {} })),
    )
    expect(mirror.configure(settingsWith(change)).undetailed).toBe(touched.length)
    expect(column('SELECT id FROM job WHERE detailed = 0 ORDER BY id')).toEqual(touched)
    // The same once more changes nothing, nor does it when the file is opened again.
    mirror.writeDetails(
      'mail',
      touched.map((id) => rawDetails(id)),
    )
    expect(mirror.configure(settingsWith(change)).undetailed).toBe(0)
    expect(mirror.open(settingsWith(change), { split: [] }).undetailed).toBe(0)
    expect(mirror.open(settingsWith({}), { split: [] }).undetailed).toBe(
      'payloadText' in change ? 0 : touched.length,
    )
  })

  test.each<[string, Partial<MirrorSettings>, number]>([
    ['no payload any more', { payloadText: 'off' }, 0],
    ['only of failed ones', { payloadText: 'failed' }, 1],
    ['another key to hide', { payloadText: 'all', redaction: ['note'] }, 0],
  ])('forget payloads at once: %s', (_, change, left) => {
    const { mirror, write, column } = openFile({ payloadText: 'all' })
    write([failedJob({ id: '1', finished: 5000 }), rawJob({ id: '2' })])
    const data = { note: 'wistful' }
    mirror.writeDetails('mail', [rawDetails('1', { data }), rawDetails('2', { data })])
    while (mirror.indexText(10) > 0) {
      // Until all are in.
    }
    const count = () => column(`SELECT count(*) FROM words WHERE words MATCH 'wistful'`)
    expect(count()).toEqual([2])
    mirror.configure(settingsWith(change))
    while (mirror.indexText(10) > 0) {
      // Until all are in.
    }
    expect(column('SELECT count(*) FROM payload')).toEqual([left])
    expect(count()).toEqual([left])
  })
})

describe('splitting a group by message', () => {
  test('moves jobs, also gone ones, and what they count for; joining brings all back', () => {
    const { mirror, write, all, column } = openFile()
    const messages = ['took 5 ms', 'took 6 ms', 'took 6 ms', 'other']
    write(
      messages.map((message, index) =>
        failedJob({ id: `${index}`, finished: hour * (index + 1), message }),
      ),
    )
    mirror.writeDetails(
      'mail',
      messages.map((_, index) => rawDetails(`${index}`, { data: { userId: 'u' } })),
    )
    mirror.markGone('mail', ['2'], 9 * hour)
    const { id } = fingerprintOf({ message: 'took 5 ms' })
    const groups = () =>
      all(`SELECT message, split_from, (SELECT sum(count) FROM failure_hour WHERE failure = id) AS n,
             (SELECT sum(count) FROM failure_user WHERE failure = id) AS users,
             (SELECT count(*) FROM job WHERE failure = failure_group.id) AS held
           FROM failure_group ORDER BY message`)
    const before = groups()
    mirror.regroup({ split: [id] })
    expect(groups()).toEqual([
      { message: 'other', split_from: null, n: 1, users: 1, held: 1 },
      { message: 'took 5 ms', split_from: id, n: 1, users: 1, held: 1 },
      { message: 'took 6 ms', split_from: id, n: 2, users: 2, held: 1 },
    ])
    // Those that fail from now on are told apart too.
    write([failedJob({ id: '7', finished: hour * 7, message: 'took 6 ms' })])
    expect(column(`SELECT count(*) FROM failure_group`)).toEqual([3])
    mirror.markGone('mail', ['7'], 9 * hour)
    mirror.regroup({ split: [] })
    expect(groups()).toEqual(
      before.map((group) =>
        (group as { n: number }).n === 3 ? { ...(group as object), n: 4 } : group,
      ),
    )
  })

  test('is made good when it changed while the file was closed', () => {
    const { mirror, write, column } = openFile()
    write([
      failedJob({ id: '1', finished: 5000, message: 'took 5 ms' }),
      failedJob({ id: '2', finished: 5000, message: 'took 6 ms' }),
    ])
    expect(column('SELECT count(*) FROM failure_group')).toEqual([1])
    mirror.close()
    mirror.open(defaultMirrorSettings, { split: [fingerprintOf({ message: 'took 5 ms' }).id] })
    expect(column('SELECT count(*) FROM failure_group')).toEqual([2])
  })
})

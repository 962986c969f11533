import BetterSqlite from 'better-sqlite3'
import * as fc from 'fast-check'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { defaultMirrorSettings } from '#shared/contract/mirror.ts'
import { fingerprintOf } from '#shared/domain/fingerprint/fingerprint.ts'
import { type JobState, jobStates } from '#shared/domain/job-state.ts'
import { type JobGiven, rawDetails, rawJob } from '#test-support/raw-jobs.ts'
import { MirrorFile } from './mirror-file.ts'
import { MirrorQueries } from './query/queries.ts'
import { keyTies } from './schema.ts'

const hour = 60 * 60 * 1000
const ids = ['a', 'b', 'c', 'd', 'e', 'f']
const some = fc.subarray(ids, { minLength: 1 })
const one = fc.constantFrom(...ids)

const step = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: fc.constant('add'), id: one }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('fail'), id: one, kind: fc.nat(2) }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constantFrom('start', 'complete', 'retry'), id: one }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('remove'), id: one }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('pass'), by: fc.nat(2 * hour) }) },
  {
    weight: 6,
    arbitrary: fc.record({ do: fc.constant('read'), ids: some, deferred: fc.boolean() }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('group'), limit: fc.constantFrom(1, 3) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('miss'), ids: some }) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('detail'),
      ids: some,
      user: fc.constantFrom('u1', 'u2', undefined),
      place: fc.constantFrom('store', 'load'),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('index'), limit: fc.integer({ min: 1, max: 5 }) }),
  },
  { weight: 1, arbitrary: fc.constant({ do: 'merge' as const }) },
  { weight: 1, arbitrary: fc.constant({ do: 'reopen' as const }) },
)
type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never

interface Job extends JobGiven {
  state: JobState
  added: number
  finished: number | null
  message: string | null
}
interface Failure {
  fingerprint: string
  user: string | null
  at: number
}

/** Redis, what was read of it last, and what was counted: as plainly as can be. */
class Model {
  now = 100 * hour
  sequence = 0
  readonly redis = new Map<string, Job>()
  readonly held = new Map<string, Job>()
  readonly gone = new Map<string, Job>()
  readonly failures = new Map<string, Failure>()
  readonly users = new Map<string, string | null>()
  readonly tokens = new Set<string>()

  change({ do: what, ...step }: Step): void {
    const { id = '', by = 0, kind = 0 } = step as { id?: string; by?: number; kind?: number }
    this.now += by + 1
    this.sequence += 1
    const job = this.redis.get(id)
    if (what === 'remove') this.redis.delete(id)
    if (what === 'add' && job === undefined) {
      this.redis.set(id, { id, state: 'waiting', added: this.now, finished: null, message: null })
    }
    if (job === undefined) return
    if (what === 'start')
      this.redis.set(id, { ...job, state: 'active', started: this.now, finished: null })
    if (what === 'retry')
      this.redis.set(id, { ...job, state: 'waiting', finished: null, message: null })
    if (what === 'complete') this.redis.set(id, { ...job, state: 'completed', finished: this.now })
    if (what === 'fail') {
      const token = `tok${String.fromCodePoint(97 + (this.sequence % 26))}${kind}x${'q'.repeat(this.sequence % 40)}`
      this.tokens.add(token)
      const message = `${['refused', 'declined', 'timeout'][kind]} ${this.sequence} (${token})`
      this.redis.set(id, { ...job, state: 'failed', finished: this.now, message })
    }
  }

  read(id: string): Job | null {
    const job = this.redis.get(id) ?? null
    if (job === null) {
      this.miss(id)
      return null
    }
    this.held.set(id, job)
    if (this.gone.get(id)?.added === job.added) this.gone.delete(id)
    const run = runOf(job)
    if (job.state === 'failed' && !this.failures.has(run)) {
      this.failures.set(run, {
        fingerprint: fingerprintOf({ message: job.message ?? '' }).id,
        user: this.users.get(lifeOf(job)) ?? null,
        at: job.finished ?? 0,
      })
    }
    return job
  }

  miss(id: string): void {
    const job = this.held.get(id)
    if (job === undefined) return
    this.held.delete(id)
    this.gone.set(id, job)
  }

  detail(id: string, user: string | undefined, stack: string): void {
    const job = this.held.get(id)
    if (job === undefined) return
    this.users.set(lifeOf(job), user ?? null)
    const failure = this.failures.get(runOf(job))
    if (failure === undefined || job.state !== 'failed') return
    failure.user = user ?? null
    failure.fingerprint = fingerprintOf({ message: job.message ?? '', stack }).id
  }
}

const lifeOf = ({ id, added }: Job) => `${id} ${added}`
const runOf = (job: Job) => `${lifeOf(job)} ${job.finished}`

function counted(values: Iterable<string>): Map<string, number> {
  const counts = new Map<string, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  return new Map([...counts].toSorted(([first], [second]) => (first < second ? -1 : 1)))
}

/** Everything in the file that the model speaks of. */
function compare(file: string, mirror: MirrorFile, model: Model): void {
  while (mirror.groupFailures(3)) {
    // The next few.
  }
  const database = new BetterSqlite(file, { readonly: true })
  const queries = new MirrorQueries(database)
  const all = <Row>(sql: string, ...values: unknown[]) =>
    database.prepare<unknown[], Row>(sql).all(...values)
  const pairs = (sql: string) =>
    new Map(
      all<{ what: string; count: number }>(sql)
        .map(({ what, count }) => [what, count] as const)
        .toSorted(([first], [second]) => (first < second ? -1 : 1)),
    )
  try {
    const held = all<{ id: string; key: number; message: string | null }>(
      'SELECT * FROM job ORDER BY id',
    )
    expect(held).toMatchObject(
      [...model.held.values()]
        .toSorted((first, second) => (first.id < second.id ? -1 : 1))
        .map(({ id, state, added, finished, message }) => ({
          id,
          state: jobStates.indexOf(state),
          added,
          finished,
          message,
        })),
    )
    expect(held).toHaveLength(model.held.size)
    for (const { id, key } of held) {
      const job = model.held.get(id)
      const at = job?.finished ?? job?.started ?? job?.added
      expect(Math.floor(key / keyTies)).toBe(at)
    }
    expect(all('SELECT id, added FROM gone_job ORDER BY id')).toEqual(
      [...model.gone.values()]
        .toSorted((first, second) => (first.id < second.id ? -1 : 1))
        .map(({ id, added }) => ({ id, added })),
    )
    expect(
      pairs(`SELECT fingerprint || ' ' || hour AS what, sum(count) AS count
             FROM failure_hour JOIN failure_group ON id = failure GROUP BY 1`),
    ).toEqual(
      counted(
        [...model.failures.values()].map(
          ({ fingerprint, at }) => `${fingerprint} ${Math.floor(at / hour)}`,
        ),
      ),
    )
    expect(
      pairs(`SELECT fingerprint || ' ' || text AS what, sum(count) AS count
             FROM failure_user JOIN failure_group AS g ON g.id = failure
             JOIN word ON word.id = user GROUP BY 1`),
    ).toEqual(
      counted(
        [...model.failures.values()].flatMap(({ fingerprint, user }) =>
          user === null ? [] : [`${fingerprint} ${user}`],
        ),
      ),
    )
    expect(
      new Set(
        all<{ group: string }>(
          `SELECT fingerprint || ' ' || (first_seen / ${hour}) || ' ' || (last_seen / ${hour}) AS "group"
           FROM failure_group`,
        ).map(({ group }) => group),
      ),
    ).toEqual(groupSpans(model))
    const counts = { rows: model.held.size, gone: model.gone.size }
    expect(mirror.counts()).toMatchObject(counts)
    expect(mirror.counts()).toMatchObject(
      all<object>(`SELECT (SELECT count(*) FROM job WHERE detailed = 0) AS undetailed,
                          (SELECT count(*) FROM unindexed) AS unindexed`)[0] ?? {},
    )
    const found = (match: 'words' | 'exact', text: string) =>
      queries
        .search({
          conditions: [{ field: 'text', match, text, negated: false, span: { start: 0, end: 0 } }],
          sort: '-at',
          limit: 100,
          merged: {},
          count: 'none',
        })
        .items.map(({ id }) => id)
    for (const token of model.tokens) {
      const having = (text: string) =>
        held.filter(({ message }) => (message ?? '').includes(text)).map(({ id }) => id)
      expect(found('words', token).toSorted()).toEqual(having(`(${token}`))
      expect(found('exact', ` (${token})`).toSorted()).toEqual(having(` (${token})`))
    }
    const [waiting] = all<{ count: number }>('SELECT count(*) AS count FROM unindexed')
    expect(all('SELECT count(*) AS count FROM words_docsize')).toEqual([
      { count: held.length - (waiting?.count ?? 0) },
    ])
  } finally {
    queries.close()
    database.close()
  }
}

function groupSpans(model: Model): Set<string> {
  const spans = new Map<string, { first: number; last: number }>()
  for (const { fingerprint, at } of model.failures.values()) {
    const span = spans.get(fingerprint) ?? { first: at, last: at }
    spans.set(fingerprint, { first: Math.min(span.first, at), last: Math.max(span.last, at) })
  }
  return new Set(
    [...spans].map(
      ([fingerprint, { first, last }]) =>
        `${fingerprint} ${Math.floor(first / hour)} ${Math.floor(last / hour)}`,
    ),
  )
}

function carryOut(mirror: MirrorFile, model: Model, given: Step): void {
  if (given.do === 'read') {
    const read = given.ids.map((id) => [id, model.read(id)] as const)
    const jobs = read.flatMap(([, job]) => (job === null ? [] : [rawJob(job)]))
    mirror.write({ queue: 'mail', seenAt: model.now, jobs, gone: [], deferred: given.deferred })
    mirror.markGone(
      'mail',
      read.flatMap(([id, job]) => (job === null ? [id] : [])),
      model.now,
    )
  } else if (given.do === 'miss') {
    for (const id of given.ids) model.miss(id)
    mirror.markGone('mail', given.ids, model.now)
  } else if (given.do === 'detail') {
    const stack = `Error: x\n    at ${given.place} (/srv/app/src/${given.place}.ts:5:5)`
    const data = given.user === undefined ? {} : { userId: given.user }
    for (const id of given.ids) model.detail(id, given.user, stack)
    mirror.writeDetails(
      'mail',
      given.ids.map((id) => rawDetails(id, { data, stack })),
    )
  } else if (given.do === 'group') mirror.groupFailures(given.limit)
  else if (given.do === 'index') mirror.indexText(given.limit)
  else if (given.do === 'merge') mirror.mergeText()
  else if (given.do === 'reopen') mirror.open(defaultMirrorSettings, { split: [] })
  else model.change(given)
}

test('whatever happens, the file holds what was read last, counts each failure once and finds each text', () => {
  fc.assert(
    fc.property(fc.array(step, { minLength: 20, maxLength: 120 }), (steps) => {
      const folder = mkdtempSync(join(tmpdir(), 'vigie-test-'))
      const file = join(folder, 'mirror-e.db')
      const mirror = new MirrorFile(file)
      try {
        mirror.open(defaultMirrorSettings, { split: [] })
        const model = new Model()
        for (const given of steps) carryOut(mirror, model, given)
        compare(file, mirror, model)
        carryOut(mirror, model, { do: 'read', ids, deferred: true })
        carryOut(mirror, model, { do: 'index', limit: 100 })
        compare(file, mirror, model)
        expect([...model.held.keys()].toSorted()).toEqual([...model.redis.keys()].toSorted())
      } finally {
        mirror.close()
        rmSync(folder, { recursive: true, force: true })
      }
    }),
    { numRuns: 30 },
  )
})

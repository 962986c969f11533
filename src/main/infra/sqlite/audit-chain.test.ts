import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { memoryAudit, subjectOf } from '#test-support/audit.ts'

const text = fc.string({ unit: 'binary', maxLength: 12 })
const maybe = fc.option(text, { nil: null })
const details = fc.dictionary(text, fc.oneof(text, fc.integer(), fc.constant(null), fc.boolean()), {
  maxKeys: 4,
})
const step = fc.record({
  operator: text,
  queue: maybe,
  job: maybe,
  reason: maybe,
  details,
  kind: fc.constantFrom('refusal', 'intent', 'intent and outcome'),
  result: text,
})
const chain = fc.array(step, { minLength: 1, maxLength: 8 })

/** Writes a chain with the real audit and hands out its parts; the number of entries is `count`. */
function write(steps: (typeof step extends fc.Arbitrary<infer Step> ? Step : never)[]) {
  const audit = memoryAudit()
  for (const { operator, queue, job, reason, details, kind, result } of steps) {
    const subject = subjectOf({ actor: { operator, via: 'web' }, queue, job, reason })
    if (kind === 'refusal') audit.trail.refusal(subject, result, details)
    else {
      const intent = audit.trail.intent(subject, details)
      if (kind !== 'intent') audit.trail.outcome(intent, result, details)
    }
  }
  const count = audit.database.prepare('SELECT count(*) FROM audit').pluck().get() as number
  return { ...audit, count }
}

/** What a tamperer with the file in hand does first. */
function dropTriggers(database: ReturnType<typeof memoryAudit>['database']) {
  const names = database
    .prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'trigger'")
    .pluck()
    .all()
  for (const name of names) database.exec(`DROP TRIGGER ${name}`)
}

const textColumns = [
  'operation',
  'operator',
  'via',
  'environment',
  'action',
  'queue',
  'job',
  'reason',
  'result',
  'details',
  'previous_hash',
  'hash',
] as const

test('whatever text is recorded, the untouched chain is intact and has no holes', async () => {
  await fc.assert(
    fc.asyncProperty(chain, async (steps) => {
      const { trail, store, count } = write(steps)
      expect(await trail.verify()).toMatchObject({ intact: true, entries: count, brokenAt: null })
      expect(store.after(0, 100).map(({ sequence }) => sequence)).toEqual(
        Array.from({ length: count }, (_, index) => index + 1),
      )
    }),
    { numRuns: 60 },
  )
})

test('changing any one text field of any entry is found at that entry', async () => {
  await fc.assert(
    fc.asyncProperty(
      chain,
      fc.nat(),
      fc.constantFrom(...textColumns),
      text,
      async (steps, which, column, value) => {
        const { database, trail, count } = write(steps)
        dropTriggers(database)
        const sequence = (which % count) + 1
        const before = database
          .prepare(`SELECT ${column} FROM audit WHERE sequence = ?`)
          .pluck()
          .get(sequence)
        fc.pre(before !== value && Buffer.from(value).toString() === value)
        database.prepare(`UPDATE audit SET ${column} = ? WHERE sequence = ?`).run(value, sequence)
        expect(await trail.verify()).toMatchObject({ intact: false, brokenAt: sequence })
      },
    ),
    { numRuns: 200 },
  )
})

test.each([
  ['at', (sequence: number) => `UPDATE audit SET at = at + 1 WHERE sequence = ${sequence}`],
  [
    'kind',
    (sequence: number) =>
      `UPDATE audit SET kind = CASE kind WHEN 'intent' THEN 'refusal' ELSE 'intent' END WHERE sequence = ${sequence}`,
  ],
  [
    'sequence',
    (sequence: number) => `UPDATE audit SET sequence = 1000 WHERE sequence = ${sequence}`,
  ],
  ['presence', (sequence: number) => `DELETE FROM audit WHERE sequence = ${sequence}`],
  [
    'spacing of the details',
    (sequence: number) => `UPDATE audit SET details = details || ' ' WHERE sequence = ${sequence}`,
  ],
])('changing the %s of any entry is found at that entry', async (_, change) => {
  await fc.assert(
    fc.asyncProperty(chain, fc.nat(), async (steps, which) => {
      const { database, trail, count } = write(steps)
      dropTriggers(database)
      const sequence = (which % count) + 1
      database.exec(change(sequence))
      expect(await trail.verify()).toMatchObject({ intact: false, brokenAt: sequence })
    }),
    { numRuns: 40 },
  )
})

test('a cut tail is found by the head that is kept apart', async () => {
  await fc.assert(
    fc.asyncProperty(chain, fc.nat(), async (steps, which) => {
      const { database, trail, count } = write(steps)
      dropTriggers(database)
      const first = (which % count) + 1
      database.prepare('DELETE FROM audit WHERE sequence >= ?').run(first)
      expect(await trail.verify()).toMatchObject({
        intact: false,
        entries: first - 1,
        brokenAt: first,
      })
    }),
    { numRuns: 40 },
  )
})

test('setting the head back is found where it points', async () => {
  const { database, trail, store } = memoryAudit()
  for (let index = 0; index < 3; index += 1) trail.refusal(subjectOf(), 'JOB_ACTIVE', {})
  dropTriggers(database)
  const [first] = store.after(0, 1)
  database.prepare('UPDATE audit_head SET sequence = 1, hash = ?').run(first?.hash)
  expect(await trail.verify()).toMatchObject({ intact: false, brokenAt: 2 })
  database.prepare('UPDATE audit_head SET sequence = 3, hash = ?').run('elsewhere')
  expect(await trail.verify()).toMatchObject({ intact: false, brokenAt: 3 })
  database.exec('DELETE FROM audit_head')
  expect(await trail.verify()).toMatchObject({ intact: false, brokenAt: 1 })
})

test('the database refuses to change, remove or skip an entry', () => {
  const { database, trail } = memoryAudit()
  trail.refusal(subjectOf(), 'JOB_ACTIVE', {})
  expect(() => database.exec("UPDATE audit SET operator = 'x'")).toThrow('append-only')
  expect(() => database.exec('DELETE FROM audit')).toThrow('append-only')
  expect(() => database.exec('UPDATE audit_head SET sequence = 0')).toThrow('one step')
  expect(() => database.exec('DELETE FROM audit_head')).toThrow('append-only')
  for (const sequence of [1, 3]) {
    expect(() =>
      database.exec(
        `INSERT OR REPLACE INTO audit SELECT ${sequence}, at, kind, operation, operator, via,
         environment, action, queue, job, reason, result, details, previous_hash, hash FROM audit`,
      ),
    ).toThrow('no holes')
  }
})

test('a long chain is verified without holding up the event loop', async () => {
  const { trail, store } = memoryAudit()
  for (let index = 0; index < 2000; index += 1) trail.refusal(subjectOf(), 'JOB_ACTIVE', { index })
  expect(store.head()?.sequence).toBe(2000)
  let turns = 0
  const ticking = setInterval(() => (turns += 1), 0)
  await trail.verify()
  clearInterval(ticking)
  expect(turns).toBeGreaterThan(2)
})

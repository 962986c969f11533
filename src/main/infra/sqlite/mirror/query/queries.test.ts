import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import type { FacetField } from '#shared/contract/job-search.ts'
import { facetFields } from '#shared/contract/job-search.ts'
import { jobSorts } from '#shared/domain/job-sort.ts'
import { hasValues, isValues, type Condition } from '#shared/domain/filter/condition.ts'
import { jobStates } from '#shared/domain/job-state.ts'
import { naiveOrder, naiveSearch, type Merged, type PlainJob } from '#test-support/naive-search.ts'
import { plainMirror } from '#test-support/plain-mirror.ts'
import { planLimits, type PlanLimits } from './plan-limits.ts'
import { keyTies } from '../schema.ts'
import { MirrorQueries } from './queries.ts'

const queues = ['mail', 'Mails', 'images'] as const
const names = ['send-mail', 'Send-Invoice', 'Émilie', 'probe_1', 'a*b', String.raw`back\slash`]
const users = ['42', 'Anna', 'ÅSA', 'user-7', '100%']
const messages = [
  'connect ECONNREFUSED 10.0.0.1:5432',
  'Connection reset by peer',
  'Délai dépassé: café crème 30 s',
  'Timed out (ETIMEDOUT) after 30000 ms',
  'x',
  '100%_sure "quoted" text\nof two lines',
]
const payloads = ['{"order":4711,"note":"reset ECONN"}', '{"a":"été"}', '...']
const groups = ['aaaa', 'aabb', 'cccc']
const brands = ['9', 'Acme', 'acme-2']

const orNull = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { freq: 2 })
const time = fc.integer({ min: 1000, max: 1010 })
const small = fc.integer({ min: 0, max: 3 })

const jobArbitrary = fc.record({
  at: time,
  gone: fc.boolean(),
  indexed: fc.boolean(),
  queue: fc.constantFrom(...queues),
  state: fc.constantFrom(...jobStates, 'unknown' as const),
  name: fc.constantFrom(...names),
  started: orNull(time),
  finished: orNull(time),
  wait: orNull(small),
  attempts: small,
  priority: small,
  stalled: fc.constantFrom(0, 0, 1),
  progress: orNull(fc.constantFrom(0, 50, '"half"')),
  message: orNull(fc.constantFrom(...messages)),
  scheduler: orNull(fc.constantFrom('nightly', 'Hourly')),
  parent: orNull(
    fc.record({ queue: fc.constantFrom(...queues), job: fc.constantFrom('1', 'p:2') }),
  ),
  group: orNull(fc.constantFrom(...groups)),
  user: orNull(fc.constantFrom(...users)),
  brand: orNull(fc.constantFrom(...brands)),
  provider: orNull(fc.constantFrom('openai', 'google')),
  model: orNull(fc.constantFrom('gpt-5', 'gemini')),
  variant: orNull(fc.constantFrom('a', 'b')),
  cost: orNull(fc.constantFrom(0.01, 0.02)),
  memory: orNull(fc.constantFrom(64, 128.5)),
  tokens: orNull(fc.constantFrom(10, 20)),
  checkpoint: orNull(fc.constantFrom('{"step":1}')),
  payload: orNull(fc.constantFrom(...payloads)),
})

const jobsArbitrary = fc.array(jobArbitrary, { maxLength: 60 }).map((drafts) => {
  const taken = new Set<number>()
  return drafts.map(({ at, ...job }, index): PlainJob => {
    let key = at * keyTies
    while (taken.has(key)) key += 1
    taken.add(key)
    return { ...job, key, id: idOf(index) }
  })
})

/** Ids as they are seen: counters, keys with colons, words. */
const idOf = (index: number) =>
  index % 3 === 0 ? String(index) : index % 3 === 1 ? `Repeat:${index}:170` : `order-${index}-Ä`

const span = { start: 0, end: 0 }
const texts = [
  ...names,
  ...users,
  ...groups,
  ...brands,
  '1',
  'p:2',
  'mail/1',
  'images/p:2',
  idOf(3),
  idOf(4),
  idOf(5),
  'openai',
  'gpt-5',
  'b',
  'nightly',
  ...messages,
]

/** Patterns near the texts: whole, in other case, with a part left out. */
const patternArbitrary = fc
  .tuple(
    fc.constantFrom(...texts, ...queues),
    fc.constantFrom('whole', 'upper', 'lower', 'start', 'end', 'middle', 'any'),
    fc.nat(8),
  )
  .map(([text, form, at]) => {
    const literal = text.replaceAll(/[\\*]/g, String.raw`\$&`)
    const cut = text.slice(0, at).replaceAll(/[\\*]/g, String.raw`\$&`)
    const tail = text.slice(at).replaceAll(/[\\*]/g, String.raw`\$&`)
    return {
      whole: literal,
      upper: literal.toUpperCase(),
      lower: literal.toLowerCase(),
      start: `${cut}*`,
      end: `*${tail}`,
      middle: `${cut.slice(0, 2)}*${tail}*`,
      any: '*',
    }[form]
  })

const conditionArbitrary: fc.Arbitrary<Condition> = fc
  .tuple(
    fc.boolean(),
    fc.oneof(
      fc.record({
        field: fc.constant('state' as const),
        values: fc.uniqueArray(fc.constantFrom(...jobStates, 'unknown' as const), { minLength: 1 }),
      }),
      fc.record({
        field: fc.constantFrom(
          'queue',
          'name',
          'id',
          'user',
          'brand',
          'provider',
          'model',
          'variant',
          'group',
          'scheduler',
          'parent',
          'error',
        ),
        values: fc.array(patternArbitrary, { minLength: 1, maxLength: 3 }),
      }),
      fc.record({
        field: fc.constantFrom(
          'duration',
          'wait',
          'attempts',
          'priority',
          'cost',
          'memory',
          'tokens',
        ),
        operator: fc.constantFrom('<', '<=', '>', '>=', '='),
        value: fc.constantFrom(0, 1, 2, 3, 0.01, 64, 128.5, 20),
      }),
      fc.record({
        field: fc.constantFrom('duration', 'cost', 'tokens'),
        operator: fc.constant('..' as const),
        from: fc.constantFrom(0, 1, 0.01, 10),
        to: fc.constantFrom(2, 0.02, 20),
      }),
      fc.record({
        field: fc.constantFrom('since', 'until'),
        at: fc.oneof(time, fc.constant(Date.UTC(9999, 0, 1))),
      }),
      fc.record({ field: fc.constant('is' as const), value: fc.constantFrom(...isValues) }),
      fc.record({ field: fc.constant('has' as const), value: fc.constantFrom(...hasValues) }),
      fc.record({ field: fc.constant('with' as const), value: fc.constant('gone' as const) }),
      fc.record({
        field: fc.constant('text' as const),
        match: fc.constantFrom('words', 'exact'),
        text: fc.constantFrom(
          'econn',
          'ECONNREFUSED',
          'reset',
          'Reset',
          'cafe',
          'CAFÉ',
          'dépassé',
          '30',
          'user-7',
          '10.0.0',
          'x',
          'e',
          '4711',
          'asa',
          'order-5',
          'repeat',
          '"quoted"',
          '100%',
          '_s',
          'ét',
          'mail',
          'zzz',
          'sure "quo',
        ),
      }),
    ),
  )
  .map(([negated, condition]) => ({ ...condition, negated, span }))

const filterArbitrary = fc.array(conditionArbitrary, { maxLength: 3 })
const mergedArbitrary = fc.constantFrom<Merged[]>(
  {},
  { aaaa: ['cccc'] },
  { elsewhere: ['aabb', 'cccc'] },
)

/** Ways are chosen by numbers that sixty rows never reach: small ones lead through all ways. */
const limitsArbitrary = fc.constantFrom(
  planLimits,
  { estimate: 3, short: 0, merged: 2, far: 2 },
  { estimate: 8, short: 2, merged: 24, far: 1 },
)

function open(jobs: readonly PlainJob[], limits: PlanLimits) {
  const database = plainMirror(jobs)
  const queries = new MirrorQueries(database, limits)
  return {
    queries,
    close: () => {
      queries.close()
      database.close()
    },
  }
}

const told = ({ queue, id }: { queue: string; id: string }) => `${queue} ${id}`

test('a filter finds exactly the jobs it describes, newest first, and counts them', () => {
  fc.assert(
    fc.property(
      jobsArbitrary,
      fc.array(filterArbitrary, { minLength: 1, maxLength: 12 }),
      mergedArbitrary,
      limitsArbitrary,
      (jobs, filters, merged, limits) => {
        const { queries, close } = open(jobs, limits)
        for (const conditions of filters) {
          const expected = naiveSearch(jobs, conditions, merged).sort(naiveOrder('at', true))
          const found = queries.search({
            conditions,
            merged,
            sort: '-at',
            limit: 500,
            count: 'exact',
          })
          expect(found.items.map(told)).toEqual(expected.map(told))
          expect(found.total).toBe(expected.length)
          const one = queries.search({ conditions, merged, sort: '-at', limit: 1, count: 'exact' })
          expect(one.total).toBe(expected.length)
          expect(found.cursor).toBeNull()
        }
        close()
      },
    ),
    { numRuns: 150 },
  )
})

test('pages in any order hold each job once, and an offset begins where it says', () => {
  fc.assert(
    fc.property(
      jobsArbitrary,
      filterArbitrary,
      fc.constantFrom(...jobSorts),
      fc.boolean(),
      fc.integer({ min: 1, max: 7 }),
      fc.nat(20),
      limitsArbitrary,
      fc.boolean(),
      (jobs, conditions, sort, descending, limit, offset, limits, bulk) => {
        const { queries, close } = open(jobs, limits)
        const expected = naiveSearch(jobs, conditions, {})
          .sort(naiveOrder(sort, descending))
          .map(told)
        const query = {
          conditions,
          merged: {},
          sort: descending ? `-${sort}` : sort,
          limit,
          count: bulk ? 'exact' : 'none',
          bulk,
        } as const
        const pages: string[] = []
        let cursor: string | undefined
        do {
          const page = queries.search({ ...query, cursor })
          expect(page.items.length === limit || page.cursor === null).toBe(true)
          expect(page.total).toBe(bulk ? expected.length : null)
          pages.push(...page.items.map(told))
          cursor = page.cursor ?? undefined
        } while (cursor !== undefined)
        expect(pages).toEqual(expected)
        expect(queries.search({ ...query, offset }).items.map(told)).toEqual(
          expected.slice(offset, offset + limit),
        )
        close()
      },
    ),
    { numRuns: 150 },
  )
})

test('facets count each value among the jobs of a filter, the most frequent first', () => {
  fc.assert(
    fc.property(
      jobsArbitrary,
      filterArbitrary,
      mergedArbitrary,
      limitsArbitrary,
      (jobs, conditions, merged, limits) => {
        const { queries, close } = open(jobs, limits)
        for (const filter of [[], conditions]) {
          const found = naiveSearch(jobs, filter, merged)
          const { facets, total } = queries.facets({
            conditions: filter,
            merged,
            fields: facetFields,
            limit: 3,
          })
          expect(total).toBe(found.length)
          for (const { field, values, distinct } of facets) {
            const counts = countsOf(found, field, merged)
            expect(distinct).toBe(counts.size)
            expect(values.map(({ count }) => count)).toEqual(
              [...counts.values()].sort((one, other) => other - one).slice(0, 3),
            )
            for (const { value, count } of values) expect(counts.get(value)).toBe(count)
          }
        }
        close()
      },
    ),
    { numRuns: 100 },
  )
})

function countsOf(jobs: readonly PlainJob[], field: FacetField, merged: Merged) {
  const counts = new Map<string, number>()
  for (const job of jobs) {
    let value = job[field]
    if (value === null) continue
    if (field === 'group') {
      const own = value
      value = Object.keys(merged).find((head) => merged[head]?.includes(own)) ?? value
    }
    counts.set(value, (counts.get(value) ?? 0) + 1)
  }
  return counts
}

import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { naiveOrder, naiveSearch, plainJob } from '#test-support/naive-search.ts'
import { plainMirror } from '#test-support/plain-mirror.ts'
import { shapeSign } from '../text-shape.ts'
import { planLimits } from './plan-limits.ts'
import { MirrorQueries } from './queries.ts'

/** Few different parts, so that texts of one shape, and texts across its edges, come about often. */
const parts = [
  'order ',
  'Order',
  '12',
  '7',
  'x9',
  ' for ',
  'aab',
  'ab',
  ' ',
  ': (',
  '-',
  'É',
  '😀',
  shapeSign,
  '000',
]
/** One character again and again is one trigram, however long. */
const same = ['0000', '00000', '----']
const said = fc
  .array(fc.constantFrom(...parts, ...same), { maxLength: 7 })
  .map((chosen) => chosen.join(''))

const span = { start: 0, end: 0 }
const limits = [planLimits, { estimate: 2, short: 0, merged: 24, far: 1 }]

test('a text is found wherever it stands: in what many rows have in common, in what is their own, across both', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(said, { minLength: 1, maxLength: 6 }),
      fc.array(fc.record({ message: fc.nat(), name: fc.nat(2), payload: fc.boolean() }), {
        maxLength: 30,
      }),
      fc.array(fc.tuple(fc.nat(), fc.nat(30), fc.integer({ min: 1, max: 12 })), { minLength: 4 }),
      fc.boolean(),
      (messages, rows, cuts, negated) => {
        const jobs = rows.map(({ message, name, payload }, index) =>
          plainJob({
            key: 9000 - index,
            id: String(index * 37),
            message: (messages[message % messages.length] ?? '').replaceAll('7', String(index)),
            name: ['send', 'order 12', 'x9'][name] ?? '',
            payload: payload ? 'order 12 aab' : null,
            indexed: index % 7 !== 6,
          }),
        )
        const database = plainMirror(jobs)
        for (const limit of limits) {
          const queries = new MirrorQueries(database, limit)
          const texts = cuts.map(([row, from, length]) => {
            const { message, name } = jobs[row % (jobs.length || 1)] ?? plainJob({ key: 1, id: '' })
            return Array.from(`${message ?? ''}${name}`)
              .slice(from, from + length)
              .join('')
          })
          for (const text of [...texts, ...same]) {
            if (text.trim() === '') continue
            for (const match of ['exact', 'words'] as const) {
              const conditions = [{ field: 'text' as const, match, text, negated, span }]
              const expected = naiveSearch(jobs, conditions, {}).sort(naiveOrder('at', true))
              const query = { conditions, merged: {}, sort: '-at', count: 'exact' } as const
              const found = queries.search({ ...query, limit: 50 })
              expect(found.items.map(({ id }) => id)).toEqual(expected.map(({ id }) => id))
              expect(queries.search({ ...query, limit: 1 }).total).toBe(expected.length)
            }
          }
          queries.close()
        }
        database.close()
      },
    ),
    { numRuns: 60 },
  )
})

import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { memoryMirror } from '#test-support/memory-mirror.ts'
import { syncContext } from '#test-support/sync-context.ts'
import { indexFields, type MirrorSource } from '../ports.ts'
import { compareRange } from './compare-range.ts'

const fieldsOf = (finished: number) =>
  indexFields.map((field) =>
    field === 'name' ? 'send' : /^(?:timestamp|finishedOn)$/.test(field) ? `${finished}` : null,
  )

/** A queue in Redis whose failed jobs have these scores, and a mirror that has some others. */
async function compared(there: ReadonlyMap<string, number>, known: ReadonlyMap<string, number>) {
  const sorted = [...there].map(([id, score]) => ({ id, score }))
  sorted.sort((one, other) => one.score - other.score || (one.id < other.id ? -1 : 1))
  let read = 0
  const source: Partial<MirrorSource> = {
    idsByScore: async (_queue, _state, { from, to, offset, count }) =>
      sorted.filter(({ score }) => score >= from && score <= to).slice(offset, offset + count),
    fields: async (_queue, ids) => {
      read += ids.length
      return ids.map((id) => {
        const score = there.get(id)
        return score === undefined ? null : fieldsOf(score)
      })
    },
    places: async (_queue, ids) =>
      ids.map((id) => ({ state: 'failed' as const, score: there.get(id) ?? null })),
  }
  const mirror = memoryMirror()
  await mirror.write({
    queue: 'mail',
    seenAt: 0,
    gone: [],
    jobs: [...known].map(([id, score]) => ({
      id,
      state: 'failed',
      score,
      fields: fieldsOf(score),
    })),
  })
  let most = 0
  const writer = {
    ...mirror,
    ids: async (...asked: Parameters<typeof mirror.ids>) => {
      const ids = await mirror.ids(...asked)
      most = Math.max(most, ids.length)
      return ids
    },
  }
  const context = syncContext(source, { writer })
  const range = { from: -Infinity, to: Infinity }
  for await (const _ of compareRange(context, 'mail', 'failed', range)) {
    // Step by step.
  }
  await context.lane.flush()
  return { ids: mirror.rows('mail').map(({ id }) => id), most, read }
}

test('a large state is compared part by part, and only what differs is read', async () => {
  const there = new Map(Array.from({ length: 25_000 }, (_, at) => [`${at}`, Math.floor(at / 3)]))
  const known = new Map(there)
  for (const id of ['5', '9999', '10001', '24999']) known.delete(id)
  known.set('gone', 4000)
  const { ids, most, read } = await compared(there, known)
  expect(ids.toSorted()).toEqual([...there.keys()].toSorted())
  expect(most).toBeLessThan(15_000)
  expect(read).toBeLessThan(30)
})

test('jobs that all have one score are compared all the same', async () => {
  const there = new Map(Array.from({ length: 21_000 }, (_, at) => [`${at}`, 7]))
  const { ids, read } = await compared(there, new Map([...there].slice(0, 20_990)))
  expect(ids).toHaveLength(21_000)
  expect(read).toBe(10)
})

test('afterwards the mirror has what Redis has', async () => {
  const jobs = fc.dictionary(fc.stringMatching(/^[a-e]{1,3}$/), fc.nat(5))
  await fc.assert(
    fc.asyncProperty(jobs, jobs, async (there, known) => {
      const { ids } = await compared(new Map(Object.entries(there)), new Map(Object.entries(known)))
      expect(ids.toSorted()).toEqual(Object.keys(there).toSorted())
    }),
  )
})

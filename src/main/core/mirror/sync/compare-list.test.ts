import { expect, test } from 'vitest'
import { jobStates } from '#shared/domain/job-state.ts'
import { memoryMirror } from '#test-support/memory-mirror.ts'
import { censusOf, syncContext } from '#test-support/sync-context.ts'
import { indexFields, type MirrorSource } from '../ports.ts'
import { compareQueue } from './compare.ts'
import { QueueState } from './queue-state.ts'

const fields = indexFields.map((field) =>
  field === 'name' ? 'send' : field === 'timestamp' ? '1000' : null,
)
const ranOnce = fields.map((text, at) => (indexFields[at] === 'attemptsMade' ? '1' : text))
const census = censusOf('mail')
const backfilled = Object.fromEntries(jobStates.map((state) => [state, 'done' as const]))

/** Compares a waiting list with what a mirror has of it. */
async function compared(
  waiting: readonly string[],
  known: readonly string[],
  since: number | null,
  begun: ReadonlySet<string> = new Set(),
) {
  const there = new Set(waiting)
  const read: string[] = []
  const source: Partial<MirrorSource> = {
    ids: async (_queue, state, from, count) =>
      (state === 'waiting' ? waiting : [])
        .slice(from, from + count)
        .map((id) => ({ id, score: null })),
    idsByScore: async () => [],
    fields: async (_queue, ids) => {
      read.push(...ids)
      return ids.map((id) => (!there.has(id) ? null : begun.has(id) ? ranOnce : fields))
    },
    places: async (_queue, ids) => ids.map(() => null),
  }
  const writer = memoryMirror()
  const jobs = known.map((id) => ({ id, state: 'waiting', score: null, fields }) as const)
  await writer.write({ queue: 'mail', seenAt: 0, gone: [], jobs })
  const context = syncContext(source, { writer })
  const mark = {
    queue: 'mail',
    library: 'bullmq',
    position: null,
    backfilled,
    checkedAt: null,
  } as const
  const state = new QueueState(census, mark, 0)
  for await (const _ of compareQueue(context, state, { since, whole: false })) {
    // Step by step.
  }
  await context.lane.flush()
  return { ids: writer.rows('mail').map(({ id }) => id), read }
}

const waiting = Array.from({ length: 12_000 }, (_, at) => `job-${at}`)

test('of a long list only what differs is read', async () => {
  const known = [...waiting.slice(0, 5000), ...waiting.slice(5003), 'ran', 'left']
  const { ids, read } = await compared(waiting, known, null)
  expect(ids.toSorted()).toEqual(waiting.toSorted())
  expect(read.toSorted()).toEqual([...waiting.slice(5000, 5003), 'left', 'ran'].toSorted())
})

test('after a gap all of a list that may have run and wait again is read anew', async () => {
  const { ids, read } = await compared(waiting, [...waiting, 'ran'], 1)
  expect(ids.toSorted()).toEqual(waiting.toSorted())
  expect([...new Set(read)].toSorted()).toEqual([...waiting, 'ran'].toSorted())
})

test('what has waited since before the gap is looked into only next to what has not', async () => {
  const again = new Set(['job-100', 'job-700', 'job-11900'])
  const { read } = await compared(waiting, waiting, 20_000, again)
  expect(read).toEqual([...waiting.slice(0, 1500), ...waiting.toReversed().slice(0, 1000)])
})

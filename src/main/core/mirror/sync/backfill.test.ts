import { expect, test } from 'vitest'
import { memoryMirror } from '#test-support/memory-mirror.ts'
import { censusOf, syncContext } from '#test-support/sync-context.ts'
import { indexFields, type MirrorSource } from '../ports.ts'
import { backfill } from './backfill.ts'
import { QueueState } from './queue-state.ts'

const census = censusOf('mail', { failed: 3000 })
const fields = indexFields.map((field) => (field === 'name' ? 'send' : null))

/** Reads a queue of 3000 failed jobs, of which `between` is called after each step. */
async function read(between: (step: number, parts: ReturnType<typeof open>) => Promise<void>) {
  const parts = open()
  let step = 0
  const steps = backfill(
    parts.context,
    () => [parts.queue],
    () => {},
  )
  for await (const _ of steps) {
    step += 1
    await between(step, parts)
  }
  await parts.context.lane.flush()
  return parts
}

function open() {
  const failed = new Map(Array.from({ length: 3000 }, (_, at) => [`job-${at}`, 10_000 - at]))
  const source: Partial<MirrorSource> = {
    ids: async () => [],
    idsByScore: async (_queue, state, { to, offset, count }) =>
      (state === 'failed' ? [...failed] : [])
        .filter(([, score]) => score <= to)
        .slice(offset, offset + count)
        .map(([id, score]) => ({ id, score })),
    packed: async () => null,
    fields: async (_queue, ids) => {
      reads.push(...ids)
      return ids.map(() => fields)
    },
  }
  const writer = memoryMirror()
  const reads: string[] = []
  const context = syncContext(source, { writer })
  return { queue: new QueueState(census, null, 0), failed, writer, context, reads }
}

const stateOf = ({ writer }: ReturnType<typeof open>, id: string) =>
  writer.rows('mail').find((row) => row.id === id)?.state

test('what moved while nobody heard of it is not written where it stood when its page was read', async () => {
  const parts = await read(async (step, { queue, failed, writer }) => {
    if (step !== 2) return
    // It runs again, and a comparison finds out.
    failed.delete('job-2999')
    queue.missed(0, 0)
    const jobs = [{ id: 'job-2999', state: 'completed', score: 20_000, fields } as const]
    await writer.write({ queue: 'mail', seenAt: 0, gone: [], jobs })
  })
  expect(stateOf(parts, 'job-2999')).toBe('completed')
  expect(parts.writer.rows('mail')).toHaveLength(3000)
  expect(parts.queue.isBackfilled).toBe(true)
})

test('what was read of a page before something was missed is not read again', async () => {
  const before: string[] = []
  const parts = await read(async (step, { queue, reads }) => {
    // Where the newest thousand end, one is read twice.
    if (step === 2) before.push(...reads.slice(1001))
    if (step === 3) queue.missed(0, 0)
  })
  const again = before.filter((id) => parts.reads.indexOf(id) !== parts.reads.lastIndexOf(id))
  expect(before.length).toBeGreaterThan(100)
  expect(again).toEqual([])
  expect(parts.writer.rows('mail')).toHaveLength(3000)
})

test('a queue that is deferred is left where it is, and goes on from there', async () => {
  const parts = await read(async (step, { queue }) => {
    if (step === 1) queue.defer(0, 0, 0)
  })
  const had = parts.writer.rows('mail').length
  expect(had).toBeLessThan(3000)
  expect(parts.queue.isBackfilled).toBe(false)
  parts.queue.followStream({ id: '2-0', added: 2 }, 0)
  const steps = backfill(
    parts.context,
    () => [parts.queue],
    () => {},
  )
  for await (const _ of steps) {
    // Step by step.
  }
  await parts.context.lane.flush()
  expect(parts.writer.rows('mail')).toHaveLength(3000)
  expect(parts.queue.isBackfilled).toBe(true)
})

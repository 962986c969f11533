import { expect, test } from 'vitest'
import { censusOf, syncContext } from '#test-support/sync-context.ts'
import type { EventBatch, MirrorSource } from '../ports.ts'
import { Follower } from './follower.ts'
import { QueueRoster } from './queue-roster.ts'

/** Follows what is told, one batch each millisecond from 101 on; gives what was heard up to after each. */
async function follow(
  queues: readonly string[],
  batches: readonly (Pick<EventBatch, 'asked' | 'more'> & Partial<EventBatch>)[],
) {
  let time = 100
  const source: Partial<MirrorSource> = {
    census: async (names) => names.map((name) => censusOf(name)),
    async *follow() {
      for (const batch of batches) {
        time += 1
        yield { events: [], positions: new Map(), ...batch }
      }
    },
  }
  const context = syncContext(source, { now: () => time })
  const roster = new QueueRoster()
  await roster.admit(context, queues)
  const ended = new AbortController()
  const heard: (number | null)[] = []
  const follower = new Follower(context, roster, () => {
    heard.push(follower.heardAt)
    if (heard.length === batches.length) ended.abort()
  })
  await follower.run(ended.signal)
  return { heard, book: context.book, roster }
}

test('what is left in a stream is not yet heard', async () => {
  const asked = ['orders', 'mails']
  const { heard } = await follow(asked, [
    { asked, more: new Set(['mails']) },
    { asked, more: new Set() },
    { asked, more: new Set(['orders']) },
    { asked, more: new Set() },
  ])
  expect(heard).toEqual([null, 102, 102, 104])
})

test('of streams that are read side by side, the one that is behind counts', async () => {
  const none = new Set<string>()
  const { heard } = await follow(
    ['orders', 'mails'],
    [
      { asked: ['orders'], more: none },
      { asked: ['mails'], more: none },
      { asked: ['mails'], more: none },
      { asked: ['orders'], more: none },
    ],
  )
  expect(heard).toEqual([null, 101, 101, 103])
})

const told = (queue: string, count: number) =>
  Array.from({ length: count }, (_, index) => ({
    queue,
    id: `${5000 + index}-0`,
    event: 'waiting',
    job: String(index),
    name: null,
    message: null,
  }))

test('of more jobs than can wait, those of the queue with the most are compared instead', async () => {
  const asked = ['orders', 'mails', 'images']
  const events = [...told('orders', 40_000), ...told('mails', 50_000), ...told('images', 20_000)]
  const { book, roster } = await follow(asked, [{ asked, more: new Set(), events }])
  expect(book.size).toBe(60_000)
  expect(roster.get('mails')?.wanted?.since).toBe(5000)
  expect(roster.get('orders')?.wanted).toBeNull()
})

import { expect, test } from 'vitest'
import { censusOf, syncContext } from '#test-support/sync-context.ts'
import type { MirrorSource, QueueCensus } from '../ports.ts'
import { Looks } from './look.ts'
import { Polling } from './polling.ts'
import { QueueRoster } from './queue-roster.ts'

/** A queue that was deferred with 1,000,000 entries in its stream; each look finds what is told next. */
async function deferred() {
  let time = 0
  let stream: QueueCensus['stream'] = streamAt(1_000_000)
  const source: Partial<MirrorSource> = {
    census: async (names) => names.map((queue) => ({ ...censusOf(queue), at: time, stream })),
    buckets: async () => [0],
    ids: async () => [],
    idsByScore: async () => [],
  }
  const context = syncContext(source, { now: () => time, ceiling: () => 5000 })
  const roster = new QueueRoster()
  await roster.admit(context, ['mail'])
  const state = roster.get('mail')
  if (state === undefined) throw new Error('It was not admitted')
  state.defer(0, 0, 100)
  const looks = new Looks(context, roster, new Polling())
  const look = async (next: QueueCensus['stream']) => {
    stream = next
    time += 1000
    return looks.next(false)
  }
  return { state, look }
}

const streamAt = (added: number) => ({
  last: { id: `${added}-0`, added },
  first: '1-0',
  length: 1000,
})

test('as long as much happens it is left alone and says how far it is behind', async () => {
  const { state, look } = await deferred()
  await look(streamAt(1_010_000))
  expect(await look(streamAt(1_020_000))).toMatchObject({ renewed: false })
  expect(state.deferred).not.toBeNull()
  expect(state.unread).toBe(20_100)
})

test('once it is calm, or after a minute, it is followed from where it is, and compared', async () => {
  const calm = await deferred()
  await calm.look(streamAt(1_010_000))
  expect(await calm.look(streamAt(1_010_100))).toMatchObject({ renewed: true })
  expect(calm.state).toMatchObject({ deferred: null, unread: 0, wanted: { since: 0 } })
  expect(calm.state.ledger?.position.id).toBe('1010100-0')

  const busy = await deferred()
  let seconds = 0
  for (; busy.state.deferred !== null && seconds < 100; seconds += 1) {
    await busy.look(streamAt(1_000_000 + 10_000 * (seconds + 1)))
  }
  expect(seconds).toBe(60)
})

test('a stream that begins anew is followed at once', async () => {
  const { state, look } = await deferred()
  expect(await look(streamAt(10))).toMatchObject({ renewed: true })
  expect(state).toMatchObject({ deferred: null, unread: 0 })
})

test('without a stream any more it is polled', async () => {
  const { state, look } = await deferred()
  await look(streamAt(1_020_000))
  await look(null)
  expect(state).toMatchObject({
    deferred: null,
    follow: 'polling',
    unread: 0,
    wanted: { since: 0 },
  })
})

import { expect, test } from 'vitest'
import { jobStates } from '#shared/domain/job-state.ts'
import type { QueueCensus, QueueMark } from '../ports.ts'
import { QueueState } from './queue-state.ts'

const position = { id: '5-0', added: 5 }
const counts = Object.fromEntries(
  jobStates.map((state) => [state, state === 'failed' ? 500 : 0]),
) as QueueCensus['counts']
const census: QueueCensus = {
  queue: 'mails',
  at: 1,
  library: 'bullmq',
  exists: true,
  counts,
  stream: { last: position, first: '1-0', length: 5 },
}
const done: QueueMark = {
  queue: 'mails',
  library: 'bullmq',
  position,
  backfilled: Object.fromEntries(jobStates.map((state) => [state, 'done'])),
  checkedAt: 1,
}

test('a queue that a former run has read whole says how much there is when it is read anew', () => {
  const state = new QueueState(census, done, 1)
  expect(state.isBackfilled).toBe(true)
  state.beginAnew()
  expect(state.isBackfilled).toBe(false)
  expect(state.backfill).toEqual({ done: 0, total: 500 })
  // Once: by the backfill.
  expect(state.wanted).toBeNull()
})

test('what may have been missed is written down until a comparison has made up for it', () => {
  const state = new QueueState(census, done, 1)
  state.missed(9, 7)
  expect(state.isMending).toBe(true)
  expect(state.mark().position).toEqual({ id: '7-0', added: -1 })
  state.wanted = null
  state.compared()
  expect(state.isMending).toBe(false)
  expect(state.mark().position).toEqual(position)
})

test('the comparison a deferral ends with is made, also when it is deferred again before', () => {
  const state = new QueueState(census, null, 0)
  state.defer(1000, 500, 10)
  expect(state.mayCompare).toBe(false)
  state.followStream({ id: '9-0', added: 9 }, 60_000)
  state.defer(62_000, 61_000, 10)
  expect(state.mayCompare).toBe(true)
  expect(state.beginComparison(63_000)).toEqual({ since: 500, whole: false })
  // What happened meanwhile is still to be made up for, once it is over.
  expect(state).toMatchObject({ mayCompare: false, wanted: { since: 63_000 } })
  state.compared()
  expect(state.isMending).toBe(true)
})

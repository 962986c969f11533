import { expect, test } from 'vitest'
import { lastEvent, rememberEvent } from './last-events.ts'

test('the last event of a stream stays, with its time', () => {
  rememberEvent('queues of a', 'old', 1)
  rememberEvent('queues of a', 'new', 2)
  expect(lastEvent('queues of a')).toEqual({ data: 'new', at: 2 })
  expect(lastEvent('queues of b')).toBeUndefined()
})

test('the streams not seen for longest are forgotten first', () => {
  rememberEvent('kept', 0, 0)
  for (let index = 0; index < 399; index += 1) rememberEvent(`stream ${index}`, index, index)
  rememberEvent('kept', 1, 1)
  rememberEvent('one more', 0, 0)
  expect(lastEvent('kept')).toEqual({ data: 1, at: 1 })
  expect(lastEvent('stream 0')).toBeUndefined()
  expect(lastEvent('stream 1')).toBeDefined()
})

import { expect, test } from 'vitest'
import { EventBook } from './event-book.ts'

const event = (job: string | null, event: string, more: object = {}) => ({
  queue: 'mail',
  id: '1000-0',
  event,
  job,
  name: null,
  message: null,
  ...more,
})

test('a job that many events tell of is read once, as the last of them says', () => {
  const book = new EventBook()
  book.add(event('1', 'added', { name: 'send' }))
  book.add(event('1', 'waiting'))
  book.add(event('1', 'active'))
  book.add(event('1', 'progress'))
  book.add(event('1', 'completed', { id: '1005-2' }))
  expect(book.size).toBe(1)
  expect(book.take(10)).toEqual({
    queue: 'mail',
    jobs: [{ id: '1', state: 'completed', name: 'send', message: null, at: 1005 }],
    all: true,
  })
  expect(book.take(10)).toBeNull()
})

test('events that move no job are left out', () => {
  const book = new EventBook()
  for (const name of ['drained', 'paused', 'duplicated', 'mine', 'constructor']) {
    book.add(event('1', name))
  }
  book.add(event(null, 'cleaned'))
  expect(book.size).toBe(0)
})

test('queues take turns', () => {
  const book = new EventBook()
  for (const id of ['1', '2', '3']) book.add(event(id, 'waiting'))
  book.add(event('9', 'waiting', { queue: 'sms' }))
  const taken = [book.take(2), book.take(2), book.take(2)]
  expect(taken.map((part) => [part?.queue, part?.jobs.length, part?.all])).toEqual([
    ['mail', 2, false],
    ['sms', 1, true],
    ['mail', 1, true],
  ])
})

test('what could not be written is read again, unless something newer is known', () => {
  const book = new EventBook()
  book.add(event('1', 'waiting', { name: 'send' }))
  book.add(event('2', 'waiting'))
  const jobs = book.take(10)?.jobs ?? []
  book.add(event('1', 'failed', { message: 'no', id: '2000-0' }))
  book.putBack('mail', jobs)
  expect(book.size).toBe(2)
  expect(book.take(10)?.jobs).toEqual([
    { id: '1', state: 'failed', name: 'send', message: 'no', at: 2000 },
    { id: '2', state: 'waiting', name: null, message: null, at: 1000 },
  ])
})

test('a watch sees what events tell of until it is released', () => {
  const book = new EventBook()
  book.add(event('before', 'waiting'))
  const { touched, release } = book.watch('mail')
  book.add(event('during', 'waiting'))
  book.add(event('elsewhere', 'waiting', { queue: 'sms' }))
  release()
  book.add(event('after', 'waiting'))
  expect([...touched]).toEqual(['during'])
})

test('a queue that is dropped tells since when', () => {
  const book = new EventBook()
  book.add(event('1', 'waiting', { id: '3000-0' }))
  book.add(event('2', 'waiting', { id: '2000-0' }))
  expect(book.drop('mail')).toBe(2000)
  expect(book.drop('mail')).toBeNull()
  expect(book.size).toBe(0)
})

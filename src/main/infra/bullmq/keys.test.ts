import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { clientNames } from './client-names.ts'
import { queueKey, queueOfClientName, queueOfKey, workerClientName } from './keys.ts'
import { workerCounts } from './workers.ts'

const prefix = fc.string({ minLength: 1 })
const queue = fc.string({ minLength: 1 }).filter((name) => !name.includes(':'))

test('a queue is found again in its keys, whatever prefix and name', () => {
  fc.assert(
    fc.property(prefix, queue, fc.constantFrom('meta', 'id'), (prefix, queue, suffix) => {
      expect(queueOfKey([prefix], queueKey(prefix, queue, suffix))).toBe(queue)
    }),
  )
})

test('a queue is found again in the names of its connections', () => {
  fc.assert(
    fc.property(prefix, fc.string({ minLength: 1, unit: 'grapheme' }), (prefix, queue) => {
      fc.pre(!queue.includes(':'))
      const name = workerClientName(prefix, queue)
      expect(queueOfClientName([prefix], name)).toEqual({ queue, role: 'worker' })
      expect(queueOfClientName([prefix], `${name}:w:one`)).toEqual({ queue, role: 'worker' })
      expect(queueOfClientName([prefix], `${name}:qe`)).toEqual({ queue, role: 'other' })
    }),
  )
})

test.each([
  ['bull', 'bull:mail:wait'],
  ['bull', 'bull:mail:7:meta'],
  ['bull', 'bull::relay:id'],
  ['bull', 'bull::id'],
  ['bull', 'other:mail:id'],
  ['bull', 'bullet:mail:id'],
  ['bull', 'bull:mail:metadata'],
])('under %j, %j is no queue', (prefix, key) => {
  expect(queueOfKey([prefix], key)).toBeNull()
})

test('a prefix may hold colons', () => {
  expect(queueOfKey(['my:app'], 'my:app:mail:meta')).toBe('mail')
  expect(queueOfKey(['my'], 'my:app:mail:meta')).toBeNull()
})

test.each(['bull:mail', 'bull:', 'bull:bWFpbA', 'vigie', '', 'bull:////'])(
  '%j names no queue',
  (name) => {
    expect(queueOfClientName(['bull'], name)).toBeNull()
  },
)

const line = (name: string) =>
  `id=7 addr=127.0.0.1:1 laddr=127.0.0.1:2 fd=8 name=${name} age=1 flags=N db=0 cmd=ping lib-name=x lib-ver=1`

test('client names are read out of CLIENT LIST, unset ones left out', () => {
  const list = [line('vigie'), line(''), line('bull:bWFpbA==')].join('\n')
  expect(clientNames(`${list}\n`)).toEqual(['vigie', 'bull:bWFpbA=='])
})

test('workers are counted by queue; queue events are none', () => {
  const names = [
    'vigie',
    'bull:bWFpbA==',
    'bull:bWFpbA==:w:one',
    'bull:bWFpbA==:qe',
    'else:bWFpbA==',
  ]
  expect(workerCounts(names.map(line).join('\n'), ['bull'])).toEqual(new Map([['mail', 2]]))
})

test('a list that was refused, or in which nobody has a name, tells nothing', () => {
  expect(workerCounts(new Error('NOPERM'), ['bull'])).toBeNull()
  expect(workerCounts(line(''), ['bull'])).toBeNull()
  expect(workerCounts(line('vigie'), ['bull'])).toEqual(new Map())
})

test('a list of thousands of clients is read to its end', () => {
  const list = Array.from({ length: 5000 }, (_, index) => line(`bull:bWFpbA==:w:${index}`)).join(
    '\n',
  )
  expect(workerCounts(list, ['bull'])?.get('mail')).toBe(5000)
})

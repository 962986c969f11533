import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { isQueueReference, queueReference, splitQueueReference } from './queue-reference.ts'

const prefix = fc.string({ minLength: 1 })
const prefixes = fc.uniqueArray(prefix, { minLength: 1, maxLength: 10 })
const name = fc.string({ minLength: 1 }).filter((text) => !text.includes(':') && text.trim() !== '')

test('every queue of an environment has a reference that leads back to it, and no two share one', () => {
  fc.assert(
    fc.property(prefixes, fc.array(name), (prefixes, names) => {
      const [first = ''] = prefixes
      const queues = prefixes.flatMap((prefix) =>
        [...new Set(names)].map((name) => ({ prefix, name })),
      )
      const references = queues.map(({ prefix, name }) => queueReference(first, prefix, name))
      expect(references.map((reference) => splitQueueReference(first, reference))).toEqual(queues)
      expect(new Set(references).size).toBe(queues.length)
      for (const reference of references) expect(isQueueReference(prefixes, reference)).toBe(true)
    }),
  )
})

test.each(['mail', 'eu:mail', 'bull:eu:mail', 'a b'])('%j may be a queue', (reference) => {
  expect(isQueueReference(['bull', 'eu', 'bull:eu'], reference)).toBe(true)
})

test.each([
  '',
  ' ',
  'bull:mail',
  'other:mail',
  'eu:',
  'eu: ',
  ':mail',
  'eu:mail:7',
  'eu:bull:mail',
])('%j can be no queue', (reference) => {
  expect(isQueueReference(['bull', 'eu', 'bull:eu'], reference)).toBe(false)
})

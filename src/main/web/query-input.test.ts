import { ORPCError } from '@orpc/server'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { inputOfQuery } from './query-input.ts'

const schema = z.object({
  queue: z.string(),
  visible: z.array(z.string()).default([]),
  limit: z.number().default(5),
})

const path = { queue: 'mail' }

test('a list of one may be named once', () => {
  expect(inputOfQuery({ visible: 'a' }, path, schema)).toEqual({ queue: 'mail', visible: ['a'] })
  expect(inputOfQuery({ visible: ['a', 'b'], queue: ['c'] }, {}, schema)).toEqual({
    visible: ['a', 'b'],
    queue: ['c'],
  })
})

test('what the path names is not overridden', () => {
  expect(inputOfQuery({ queue: 'other' }, path, schema)).toEqual(path)
})

/** What is said of a query that is refused. */
function refusal(...asked: Parameters<typeof inputOfQuery>): unknown {
  try {
    return inputOfQuery(...asked)
  } catch (error) {
    return error instanceof ORPCError ? [error.code, error.message, error.data] : error
  }
}

test('what is not known is refused by name, with what there is', () => {
  const message = 'Unknown; there are visible, limit'
  expect(refusal({ limti: '3' }, path, schema)).toEqual([
    'BAD_REQUEST',
    'There is no parameter limti here',
    { issues: [{ path: ['limti'], message }] },
  ])
  expect(refusal({ queue: 'mail', limti: '3', toString: '' }, path, schema)).toEqual([
    'BAD_REQUEST',
    'There are no parameters limti, toString here',
    {
      issues: [
        { path: ['limti'], message },
        { path: ['toString'], message },
      ],
    },
  ])
})

test('where there is one parameter or none, that is said', () => {
  const one = z.object({ queue: z.string(), limit: z.number() })
  expect(refusal({ x: '' }, path, one)).toMatchObject({
    2: { issues: [{ message: 'Unknown; there is limit' }] },
  })
  const none = { 2: { issues: [{ message: 'Unknown; a query is not taken here' }] } }
  expect(refusal({ x: '' }, path, z.object({ queue: z.string() }))).toMatchObject(none)
  expect(refusal({ x: '' }, {}, undefined)).toMatchObject(none)
  expect(inputOfQuery({}, {}, undefined)).toEqual({})
})

import { ORPCError } from '@orpc/server'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { inputOfQuery } from './query-input.ts'

const schema = z.object({
  queue: z.string(),
  visible: z.array(z.string()).default([]),
  limit: z.number().default(5),
})

test('a list of one may be named once', () => {
  expect(inputOfQuery({ queue: 'mail', visible: 'a' }, schema)).toEqual({
    queue: 'mail',
    visible: ['a'],
  })
  expect(inputOfQuery({ visible: ['a', 'b'], queue: ['c'] }, schema)).toEqual({
    visible: ['a', 'b'],
    queue: ['c'],
  })
})

test('what is not known is refused by name, with what there is', () => {
  const asked = () => inputOfQuery({ queue: 'mail', limti: '3', toString: '' }, schema)
  expect(asked).toThrow(ORPCError)
  expect(asked).toThrow('There is no parameter limti, toString here')
  expect(() => inputOfQuery({ queue: 'mail' }, undefined)).toThrow(ORPCError)
  expect(inputOfQuery({}, undefined)).toEqual({})
})

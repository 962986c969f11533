import * as fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { anyConditions, anyText, anyValue } from '#test-support/filters.ts'
import type { Condition } from './condition.ts'
import { choiceOf, toggleValue, withCondition, withoutCondition } from './edit.ts'
import { formatFilter } from './format.ts'
import { longestFilter, parseFilter } from './parse.ts'

const context = { now: Date.UTC(2026, 10, 20, 14), zone: 'UTC' }
const span = { start: 0, end: 0 }
const stalled: Condition = { field: 'is', value: 'stalled', negated: false, span }

function spanless(text: string) {
  const { conditions, problems } = parseFilter(text, context)
  expect(problems).toEqual([])
  return conditions.map((condition) => ({ ...condition, span }))
}

const filters = anyConditions.map(formatFilter).filter((text) => text.length < longestFilter / 2)
const field = fc.constantFrom('queue' as const, 'user' as const, 'name' as const)

describe('withCondition', () => {
  test.each([
    ['', 'is:stalled'],
    ['  a   b ', '  a   b is:stalled'],
    ['a "open', 'a is:stalled "open'],
    ['name:"open', 'is:stalled name:"open'],
  ])('adds to %j', (text, changed) => {
    expect(withCondition(text, stalled)).toBe(changed)
  })

  it('writes in place of another, and leaves the rest as it was typed', () => {
    expect(withCondition('a  user:1  b', stalled, { start: 3, end: 9 })).toBe('a  is:stalled  b')
  })

  it('adds one condition to any that hold', () => {
    fc.assert(
      fc.property(filters, (text) => {
        expect(spanless(withCondition(text, stalled))).toEqual([...spanless(text), stalled])
      }),
    )
  })
})

describe('withoutCondition', () => {
  test.each([
    ['a  b  c', { start: 3, end: 4 }, 'a c'],
    [' a b', { start: 1, end: 2 }, 'b'],
    ['a b ', { start: 2, end: 3 }, 'a'],
    ['a', { start: 0, end: 1 }, ''],
  ])('takes out of %j what stands at %j', (text, at, changed) => {
    expect(withoutCondition(text, at)).toBe(changed)
  })

  it('takes one condition out of any that hold', () => {
    fc.assert(
      fc.property(filters, fc.nat(), (text, choice) => {
        const { conditions } = parseFilter(text, context)
        fc.pre(conditions.length > 0)
        const index = choice % conditions.length
        const left = withoutCondition(text, conditions[index]?.span ?? span)
        expect(spanless(left)).toEqual(spanless(text).toSpliced(index, 1))
      }),
    )
  })
})

describe('toggleValue', () => {
  test.each([
    ['', 'user', '42', 'user:42'],
    ['state:failed ', 'user', '42', 'state:failed user:42'],
    ['user:42', 'user', '42', ''],
    ['a user:41 b', 'user', '42', 'a user:41,42 b'],
    ['a user:41,42 b', 'user', '42', 'a user:41 b'],
    ['user:42 user:42,7', 'user', '42', 'user:7'],
    ['-user:42', 'user', '42', 'user:42'],
    ['-user:42,7', 'user', '42', '-user:7 user:42'],
    ['name:send-*', 'name', 'send-mail', 'name:send-mail'],
    ['name:send-*,x', 'name', 'other', 'name:send-*,x,other'],
    ['user:"A, B"', 'user', 'a, b', ''],
    ['', 'name', 'a, "b" * \\', String.raw`name:"a, \"b\" \* \\"`],
    ['state:failed', 'state', 'completed', 'state:failed,completed'],
    ['oops:1 "open', 'user', '42', 'oops:1 user:42 "open'],
  ] as const)('in %j chooses of %s the value %j', (text, field, value, changed) => {
    expect(toggleValue(text, field, value)).toBe(changed)
  })

  test.each([
    ['', '-user:42'],
    ['-user:41', '-user:41,42'],
    ['-user:42', ''],
    ['user:42', '-user:42'],
    ['user:41,42', 'user:41 -user:42'],
  ])('in %j leaves a value out', (text, changed) => {
    expect(toggleValue(text, 'user', '42', { negated: true })).toBe(changed)
  })

  it('chooses a value, whatever was there, and takes it back', () => {
    fc.assert(
      fc.property(filters, field, anyValue, fc.boolean(), (text, field, value, negated) => {
        const choice = (text: string) =>
          choiceOf(parseFilter(text, context).conditions, field, value)
        const cleared = choice(text) === null ? text : toggleValue(text, field, value)
        const start = choice(cleared) === null ? cleared : toggleValue(cleared, field, value)
        expect(choice(start)).toBeNull()
        const chosen = toggleValue(start, field, value, { negated })
        expect(choice(chosen)).toBe(negated ? 'excluded' : 'included')
        expect(choice(toggleValue(chosen, field, value, { negated }))).toBeNull()
        const others = (text: string) =>
          spanless(text).filter((condition) => condition.field !== field)
        expect(others(chosen)).toEqual(others(text))
      }),
    )
  })

  it('leaves other parts of any text as they were typed', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const before = parseFilter(text, context)
        const after = parseFilter(toggleValue(text, 'user', 'nobody else'), context)
        expect(after.problems.map(({ text }) => text)).toEqual(
          before.problems.map(({ text }) => text),
        )
        const others = ({ conditions }: typeof before) =>
          conditions
            .filter(({ field }) => field !== 'user')
            .map((condition) => ({ ...condition, span }))
        expect(others(after)).toEqual(others(before))
      }),
    )
  })
})

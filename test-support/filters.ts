import * as fc from 'fast-check'
import {
  hasValues,
  isValues,
  numberFields,
  wordFields,
  type Condition,
} from '#shared/domain/filter/condition.ts'
import { filterFields, fixedValues } from '#shared/domain/filter/fields.ts'
import { literalPattern } from '#shared/domain/filter/pattern.ts'

/** Conditions of every kind, as parseFilter gives them, but for their span. */

const span = { start: 0, end: 0 }
const characters = fc.string({
  unit: fc.constantFrom(
    ...String.raw`aB1é漢*\",:-.>= ()`.split(''),
    '\n',
    '\u00A0',
    '😀',
    '\uD800',
  ),
  minLength: 1,
  maxLength: 8,
})

/** A value as a job may have it. */
export const anyValue = fc.oneof(characters, fc.string({ minLength: 1, maxLength: 12 }))

const pattern = fc
  .array(fc.oneof(anyValue.map(literalPattern), fc.constant('*')), { minLength: 1, maxLength: 4 })
  .map((parts) => parts.join(''))

const term = fc
  .tuple(fc.stringMatching(/^[^\s":\\-][^\s":]{0,9}$/u), fc.constantFrom('a', '7', 'é'))
  .map((parts) => parts.join(''))

const isDuration = (field: string) => field === 'duration' || field === 'wait'
const measure = (field: (typeof numberFields)[number]) =>
  isDuration(field) || ['attempts', 'priority', 'tokens'].includes(field)
    ? fc.maxSafeNat()
    : fc.double({ min: 0, noNaN: true, noDefaultInfinity: true }).map((value) => value + 0)

const statement = fc.oneof(
  fc.record({
    field: fc.constant('state' as const),
    values: fc.array(fc.constantFrom(...fixedValues.state), { minLength: 1, maxLength: 3 }),
  }),
  fc.record({
    field: fc.constantFrom(...wordFields),
    values: fc.array(pattern, { minLength: 1, maxLength: 3 }),
  }),
  fc.constantFrom(...numberFields).chain((field) =>
    fc.oneof(
      fc.record({
        field: fc.constant(field),
        operator: fc.constantFrom(
          '<' as const,
          '<=' as const,
          '>' as const,
          '>=' as const,
          '=' as const,
        ),
        value: measure(field),
      }),
      fc.tuple(measure(field), measure(field)).map(([one, other]) => ({
        field,
        operator: '..' as const,
        from: Math.min(one, other),
        to: Math.max(one, other),
      })),
    ),
  ),
  fc.record({ field: fc.constant('is' as const), value: fc.constantFrom(...isValues) }),
  fc.record({ field: fc.constant('has' as const), value: fc.constantFrom(...hasValues) }),
  fc.record({
    field: fc.constant('text' as const),
    match: fc.constant('words' as const),
    text: term,
  }),
  fc.record({
    field: fc.constant('text' as const),
    match: fc.constant('exact' as const),
    text: anyValue,
  }),
)

const timeless: fc.Arbitrary<Condition> = fc
  .tuple(statement, fc.boolean())
  .map(([said, negated]) => ({ ...said, negated, span }))

const instant = fc.integer({ min: 0, max: 253_402_300_799_999 })

/** At most one time of each edge, in their order, so that they do not contradict each other. */
export const anyConditions: fc.Arbitrary<Condition[]> = fc
  .tuple(
    fc.array(timeless, { maxLength: 6 }),
    fc
      .uniqueArray(instant, { maxLength: 2 })
      .map((times) => times.sort((one, other) => one - other)),
    fc.boolean(),
  )
  .map(([conditions, times, withGone]) => [
    ...times.map((at, index) => ({
      field: index === 0 ? ('since' as const) : ('until' as const),
      at,
      negated: false,
      span,
    })),
    ...conditions,
    ...(withGone ? [{ field: 'with' as const, value: 'gone' as const, negated: false, span }] : []),
  ])

const pieces =
  String.raw`" \ , - * : .. > >= = a 42 1m30s 0.5 24h today 2026-11-20 T08:00 failed stalled gone Foo: ://`
    .split(' ')
    .concat(' ', ' 08:00')

/** Texts that look like filters, right ones and wrong ones. */
export const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc
    .array(
      fc.oneof(
        fc.constantFrom(...filterFields).map((field) => `${field}:`),
        fc.constantFrom(...pieces),
        anyValue,
      ),
      { maxLength: 14 },
    )
    .map((parts) => parts.join('')),
)

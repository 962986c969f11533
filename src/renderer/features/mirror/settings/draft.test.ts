import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { defaultMirrorSettings, mirrorSettingsSchema } from '#shared/contract/mirror.ts'
import { draftOf, moved, problemsOf, refusedOf, sameSettings, settingsOf } from './draft.ts'

const usual = draftOf(defaultMirrorSettings)

describe('a draft of the settings', () => {
  test('stands for the settings it was made of, and has no problem', () => {
    expect(settingsOf(usual)).toEqual(defaultMirrorSettings)
    expect([...problemsOf(usual)]).toEqual([])
  })

  test('marks each value that does not hold, where it stands', () => {
    const draft = {
      ...usual,
      retentionDays: '9999',
      redaction: ['token', '(', ' ', '(a+)+b'],
      mapping: { ...usual.mapping, user: ['data.userId', 'result.user', 'data. id'], cost: [''] },
    }
    expect(Object.fromEntries(problemsOf(draft))).toEqual({
      retentionDays: 'retention',
      'redaction.1': 'pattern',
      'redaction.2': 'patternEmpty',
      'redaction.3': 'patternUnsafe',
      'mapping.user.1': 'path',
      'mapping.user.2': 'path',
      'mapping.cost.0': 'path',
    })
  })

  test('that has no problem is accepted by the contract', () => {
    const text = fc.oneof(fc.string({ maxLength: 12 }), fc.constantFrom('data.a', 'token', '7', ''))
    fc.assert(
      fc.property(
        text,
        fc.array(text, { maxLength: 3 }),
        fc.array(text, { maxLength: 3 }),
        (days, redaction, user) => {
          const draft = {
            ...usual,
            retentionDays: days,
            redaction,
            mapping: { ...usual.mapping, user },
          }
          fc.pre(problemsOf(draft).size === 0)
          expect(mirrorSettingsSchema.safeParse(settingsOf(draft)).success).toBe(true)
        },
      ),
    )
  })

  test('is changed only by what differs in the settings', () => {
    const spaced = { ...usual, redaction: usual.redaction.map((pattern) => ` ${pattern} `) }
    expect(sameSettings(settingsOf(spaced), defaultMirrorSettings)).toBe(true)
    const other = { ...usual, mapping: { ...usual.mapping, user: [] } }
    expect(sameSettings(settingsOf(other), defaultMirrorSettings)).toBe(false)
  })
})

test('what the console refused stands beside its value', () => {
  const issues = [{ path: ['redaction', 2] }, { path: ['mapping', 'user', 0] }]
  expect(Object.fromEntries(refusedOf(issues))).toEqual({
    'redaction.2': 'patternUnsafe',
    'mapping.user.0': 'path',
  })
})

test('an element moves by one place, and not beyond the ends', () => {
  expect(moved(['a', 'b', 'c'], 0, 1)).toEqual(['b', 'a', 'c'])
  expect(moved(['a', 'b', 'c'], 2, -1)).toEqual(['a', 'c', 'b'])
  expect(moved(['a', 'b'], 0, -1)).toEqual(['a', 'b'])
  expect(moved(['a', 'b'], 1, 1)).toEqual(['a', 'b'])
})

import { ORPCError } from '@orpc/client'
import { createInstance } from 'i18next'
import { beforeAll, describe, expect, test } from 'vitest'
import { errorCatalogue } from '#shared/errors.ts'
import { ConnectionLostError } from '../client/errors.ts'
import { commonWords } from '../words/common.en.ts'
import { commonWordsFr } from '../words/common.fr.ts'
import { describeError } from './describe-error.ts'
import { errorWords } from './words.en.ts'
import { errorWordsFr } from './words.fr.ts'

const i18n = createInstance()
beforeAll(async () => {
  await i18n.init({
    lng: 'en',
    interpolation: { escapeValue: false },
    resources: {
      en: { errors: errorWords, common: commonWords },
      fr: { errors: errorWordsFr, common: commonWordsFr },
    },
  })
})
const inEnglish = (error: unknown) =>
  describeError(error, i18n.getFixedT('en', ['errors', 'common']))
const inFrench = (error: unknown) =>
  describeError(error, i18n.getFixedT('fr', ['errors', 'common']))

/** A value for every field that any error carries. */
const data = {
  environment: 'demo',
  reason: 'timeout',
  command: 'XRANGE',
  queue: 'mail',
  version: '6.7.0',
  job: '42',
  expected: 'failed',
  actual: 'active',
  scheduler: 'nightly',
  parentQueue: 'reports',
  parent: '7',
  count: 5000,
  limit: 200,
  key: 'bull:mail:wait',
  field: 'data',
  other: 'images',
  group: 'a1b2c3d4e5f60718',
  view: 'v1',
  name: 'Slow mails',
  problems: [{ start: 0, end: 9, problem: 'unknown-field', text: 'stat:done' }],
  size: 5000,
  issues: [{ path: ['deployment', 'host'], problem: 'not-a-host' }],
  secrets: ['password', 'sshKey'],
  problem: 'damaged',
}

describe('describeError', () => {
  test.each(Object.keys(errorCatalogue))('has whole sentences for %s in both languages', (code) => {
    for (const describe of [inEnglish, inFrench]) {
      const { title, detail, next, expected } = describe(new ORPCError(code, { data }))
      expect(expected).toBe(true)
      for (const sentence of [title, detail, next]) {
        expect(sentence).not.toMatch(/\{\{|undefined|^[A-Z_]+\./u)
        expect(sentence.length).toBeGreaterThan(5)
      }
    }
  })

  test('translates states and reasons inside the sentences', () => {
    const moved = new ORPCError('JOB_STATE_CHANGED', { data })
    expect(inFrench(moved).detail).toContain('« échouée »')
    const away = new ORPCError('ENVIRONMENT_UNREACHABLE', { data })
    expect(inEnglish(away).detail).toContain('does not answer')
    const odd = new ORPCError('ENVIRONMENT_UNREACHABLE', { data: { ...data, reason: 'new one' } })
    expect(inEnglish(odd).detail).toContain('not known')
  })

  test('names fields and secrets that are lacking, and what is wrong with a file', () => {
    expect(inEnglish(new ORPCError('PROFILE_INVALID', { data })).detail).toContain(
      'deployment.host',
    )
    expect(inFrench(new ORPCError('SECRETS_NEEDED', { data })).detail).toContain(
      'mot de passe, clé SSH',
    )
    expect(inEnglish(new ORPCError('TRANSFER_INVALID', { data })).detail).toContain('damaged')
  })

  test('names what of a filter does not hold, and why there is no mirror', () => {
    expect(inEnglish(new ORPCError('FILTER_INVALID', { data })).detail).toContain('stat:done')
    const damaged = new ORPCError('MIRROR_UNAVAILABLE', { data: { ...data, problem: 'damaged' } })
    expect(inFrench(damaged).detail).toContain('endommagé')
  })

  test('tells the size of a value in megabytes', () => {
    const sizes = { size: 200 * 1024 * 1024, limit: 64 * 1024 * 1024 }
    const large = new ORPCError('VALUE_TOO_LARGE', { data: { ...data, ...sizes } })
    expect(inEnglish(large).detail).toMatch(/200 MB.*64 MB/)
    expect(inFrench(large).detail).toMatch(/200 Mo.*64 Mo/)
  })

  test('an unexpected error shows its report id and counts as a fault of the program', () => {
    const error = new ORPCError('INTERNAL_SERVER_ERROR', { data: { report: 'b1946ac9' } })
    expect(inEnglish(error)).toMatchObject({ report: 'b1946ac9', expected: false })
    expect(inEnglish(new TypeError('x is not a function'))).toMatchObject({
      code: 'UNEXPECTED',
      report: null,
      expected: false,
    })
  })

  test('tells a call that was never sent from one whose outcome nobody knows', () => {
    expect(inEnglish(new ConnectionLostError(false)).detail).toContain('Nothing was changed')
    expect(inEnglish(new ConnectionLostError(true)).detail).toContain('may or may not')
  })
})

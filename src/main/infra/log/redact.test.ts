import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { secretSlots } from '#shared/contract/profiles.ts'
import { redact, redactText } from './redact.ts'

test.each([
  ['redis://user:pass@host:6379/0', 'redis://[redacted]@host:6379/0'],
  ['rediss://:p%40ss@host', 'rediss://[redacted]@host'],
  [
    'connect to redis://u:p@a and redis://v:q@b',
    'connect to redis://[redacted]@a and redis://[redacted]@b',
  ],
  ['a password with an @: redis://u:p@x@host/1', 'a password with an @: redis://[redacted]@host/1'],
  ['http://127.0.0.1:4780/?token=abc&x=1', 'http://127.0.0.1:4780/?token=[redacted]&x=1'],
  ['http://127.0.0.1:4780/?ticket=abc', 'http://127.0.0.1:4780/?ticket=[redacted]'],
  ['http://127.0.0.1:4780/#token=abc', 'http://127.0.0.1:4780/#token=[redacted]'],
  ['Authorization: Bearer abc.def-1', 'Authorization: Bearer [redacted]'],
  ['redis://host:6379 is fine', 'redis://host:6379 is fine'],
  ['mail marie@example.org', 'mail marie@example.org'],
])('%j is logged as %j', (text, logged) => {
  expect(redactText(text)).toBe(logged)
})

test('a password never gets through, wherever the URL stands', () => {
  const word = fc.stringMatching(/^[A-Za-z0-9!$%^&*()_=+;:,.~-]{4,20}$/)
  const holder = fc.constantFrom(
    (url: string) => ({ text: url }),
    (url: string) => ({ deep: { list: [{ text: `at ${url}!` }] } }),
    (url: string) => ({ err: new Error(`cannot reach ${url}`) }),
    (url: string) => ({ err: new Error('outer', { cause: new Error(url) }) }),
    (url: string) => ({ options: { url } }),
  )
  fc.assert(
    fc.property(word, holder, (password, hold) => {
      const secret = `S3CR${password}T`
      const fields = hold(`redis://default:${secret}@redis.internal:6379/0`)
      expect(JSON.stringify(redact(fields))).not.toContain(secret)
    }),
  )
})

test.each([
  'url',
  'password',
  'token',
  'authorization',
  'Authorization',
  'data',
  'returnvalue',
  'secret',
])('the field %s is hidden at any depth', (field) => {
  expect(redact({ a: { b: [{ [field]: { anything: 1 } }] }, [field]: 'x', kept: 1 })).toEqual({
    a: { b: [{ [field]: '[redacted]' }] },
    [field]: '[redacted]',
    kept: 1,
  })
})

test('an error keeps what helps and loses what libraries hang on it', () => {
  const error = Object.assign(new Error('WRONGPASS'), {
    code: 'EAUTH',
    command: { name: 'auth', args: ['default', 'hunter2'] },
  })
  const logged = redact({ err: error })
  expect(logged).toMatchObject({ err: { name: 'Error', message: 'WRONGPASS', code: 'EAUTH' } })
  expect(JSON.stringify(logged)).not.toContain('hunter2')
})

test('circles, depth, bytes and long texts are cut rather than followed', () => {
  const circle: Record<string, unknown> = { bytes: Buffer.alloc(10), at: new Date(0), big: 3n }
  circle['self'] = circle
  expect(redact(circle)).toEqual({
    bytes: '[10 bytes]',
    at: '1970-01-01T00:00:00.000Z',
    big: '3',
    self: '[circular]',
  })
  expect(redactText('x'.repeat(100_000))).toHaveLength(8000)
})

test('a secret of a profile never gets through, in whichever slot', () => {
  const secrets = Object.fromEntries(secretSlots.map((slot) => [slot, `planted-${slot}`]))
  expect(JSON.stringify(redact({ secrets, ...secrets }))).not.toContain('planted')
})

import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { defaultRedaction } from '../../contract/mirror.ts'
import { compileRedaction } from './patterns.ts'
import { redactText } from './redact-text.ts'

const hides = compileRedaction(defaultRedaction)
const nothing = compileRedaction([])

function redact(text: string, cap = 65_536) {
  return redactText(text, hides, cap)
}

describe('redactText of JSON', () => {
  it('is compact and without the values of hidden keys, whatever they are', () => {
    expect(
      redact(
        '{ "user": 42,\n "password": "x", "a": {"apiKey": {"b": ["c"]}, "session": null}, "list": [ {"token": 7}, "t" ] }',
      ),
    ).toEqual({
      text: '{"user":42,"password":"[redacted]","a":{"apiKey":"[redacted]","session":"[redacted]"},"list":[{"token":"[redacted]"},"t"]}',
      redacted: 4,
    })
  })

  it('keeps numbers as they are written', () => {
    const text = '{"id":12345678901234567890,"n":-1.50e3}'
    expect(redact(text).text).toBe(text)
  })

  it('shows letters that were escaped, and finds keys that were', () => {
    expect(redact(String.raw`{"n":"caf\u00e9","pass\u0077ord":"x"}`).text).toBe(
      '{"n":"café","password":"[redacted]"}',
    )
  })

  it('hides in JSON within a string', () => {
    const inner = JSON.stringify({ user: 1, secret: 'x', deep: JSON.stringify({ token: 'y' }) })
    const { text, redacted } = redact(JSON.stringify({ body: inner }))
    expect(redacted).toBe(2)
    expect(JSON.parse(JSON.parse(text).body)).toEqual({
      user: 1,
      secret: '[redacted]',
      deep: '{"token":"[redacted]"}',
    })
  })

  it('hides the value of a pair of name and value', () => {
    expect(redact('[{"name":"Authorization","value":"abc"},{"name":"a","value":"b"}]').text).toBe(
      '[{"name":"Authorization","value":"[redacted]"},{"name":"a","value":"b"}]',
    )
  })

  it('hides in the strings what is hidden in any text', () => {
    expect(
      redact('{"url":"https://lea:pw1@x.io/?token=abc&a=1","h":"Bearer abc123def"}').text,
    ).toBe('{"url":"https://[redacted]@x.io/?token=[redacted]&a=1","h":"Bearer [redacted]"}')
  })

  it('is the same JSON where nothing is hidden', () => {
    const value = fc.jsonValue({ maxDepth: 4, noUnicodeString: false })
    fc.assert(
      fc.property(value, fc.nat(3), (value, space) => {
        const text = JSON.stringify(value, null, space)
        fc.pre(!/[=:]\S*[=:]|bearer|basic|:\/\//i.test(text.replaceAll(/"[^"]*":/g, '')))
        expect(JSON.parse(redactText(text, nothing, 1_000_000).text)).toEqual(JSON.parse(text))
      }),
    )
  })

  it('shows nothing of a hidden value, wherever it is and wherever the text was cut', () => {
    const marker = 'S3CR3T'
    const secret = fc.oneof(
      fc.constant(`${marker}1 "q" \\ ${marker}`),
      fc.constant([marker, { a: marker }]),
      fc.constant({ x: { y: [marker] }, name: marker }),
    )
    const key = fc.constantFrom('password', 'api_key', 'refreshToken', 'Cookie')
    const leaf = fc.oneof(
      fc.string(),
      fc.integer(),
      fc.constant(null),
      fc.tuple(key, secret).map(([name, value]) => ({ a: 1, [name]: value, z: 'after' })),
      fc.tuple(key, secret).map(([name, value]) => JSON.stringify({ [name]: value })),
    )
    const tree = fc.oneof(
      fc.dictionary(fc.string({ maxLength: 5 }), leaf, { maxKeys: 4 }),
      fc.array(leaf, { maxLength: 4 }),
    )
    fc.assert(
      fc.property(
        tree,
        fc.nat(2),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (value, space, share) => {
          const text = JSON.stringify(value, null, space)
          for (const cut of [text, text.slice(0, Math.ceil(share * text.length))]) {
            expect(redact(cut).text).not.toContain(marker)
          }
        },
      ),
      { numRuns: 500 },
    )
  })
})

describe('redactText of other text', () => {
  it.each([
    ['user=lea password=hunter2 x=1', 'user=lea password=[redacted] x=1'],
    ['password: correct horse battery, user: lea', 'password: [redacted], user: lea'],
    ["{password: 'a b', user: 'lea'}", "{password: [redacted], user: 'lea'}"],
    ["{token: {a: 'x', b: ['y']}, c: 1}", '{token: [redacted], c: 1}'],
    ['Authorization: Bearer abc.def\nHost: x', 'Authorization: [redacted]\nHost: x'],
    ['Cookie: a=b; c=d', 'Cookie: [redacted]'],
    ['sent Bearer abc123.def to x', 'sent Bearer [redacted] to x'],
    ['a basic subscription', 'a basic subscription'],
    ['redis://default:s3cr3t@redis.io:6379/0', 'redis://[redacted]@redis.io:6379/0'],
    ['https://x.io/?apiKey=abc&a=1', 'https://x.io/?apiKey=[redacted]&a=1'],
    [String.raw`{\"password\":\"x\\\"y\",\"a\":1}`, String.raw`{\"password\":[redacted],\"a\":1}`],
    ['{"a":1}\n{"password":"x"}', '{"a":1}\n{"password":[redacted]}'],
    ['--password hunter2', '--password hunter2'],
    ['at 12:30 it failed: timeout', 'at 12:30 it failed: timeout'],
  ])('hides in %s', (text, shown) => {
    expect(redact(text).text).toBe(shown)
  })

  it('counts what it hid', () => {
    expect(redact('token=a&secret=b').redacted).toBe(2)
    expect(redact('nothing here').redacted).toBe(0)
  })
})

describe('the cap', () => {
  it('is in bytes, and no character is cut in two', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 60 }),
      fc.array(fc.string({ unit: 'grapheme' })).map((value) => JSON.stringify(value)),
    )
    fc.assert(
      fc.property(text, fc.nat(80), (text, cap) => {
        const cut = redactText(text, nothing, cap).text
        const whole = redactText(text, nothing, 10_000).text
        expect(whole.startsWith(cut)).toBe(true)
        expect(bytesOf(cut)).toBeLessThanOrEqual(cap)
        const next = Array.from(whole.slice(cut.length))[0] ?? ''
        expect(next === '' || bytesOf(cut + next) > cap).toBe(true)
      }),
    )
  })

  it('bounds what is looked at, so that no text takes long', () => {
    for (const part of [
      '[',
      '{"a":',
      '"',
      '\\',
      'a',
      'a:',
      'token=',
      'token:\t\t',
      '://',
      'Bearer ',
      '1',
      ' ',
      '{"token":[',
    ]) {
      const text = part.repeat(200_000)
      for (const start of ['', '{"x":"', '[', '{"token":']) {
        expect(redact(start + text, 4096).text.length).toBeLessThanOrEqual(4096)
      }
    }
  })
})

/** Of UTF-8; a lone surrogate takes three, as its replacement does. */
function bytesOf(text: string): number {
  return Array.from(text).reduce((sum, sign) => {
    const code = sign.codePointAt(0) ?? 0
    return sum + (code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4)
  }, 0)
}

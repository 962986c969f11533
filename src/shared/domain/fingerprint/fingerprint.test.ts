import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fingerprintOf, splitFingerprint } from './fingerprint.ts'

function idAt(place: string): string {
  return fingerprintOf({ message: 'x', stack: `TypeError: x\n    at f (${place})` }).id
}

describe('fingerprintOf', () => {
  it('stays what it was in an earlier version, since it names groups that were kept', () => {
    expect(fingerprintOf({ message: 'job stalled more than allowable limit' })).toEqual({
      id: '1f8b0aa4a54c74ae',
      errorClass: null,
      message: 'job stalled more than allowable limit',
      frame: null,
    })
    expect(
      fingerprintOf({
        message: 'Order 42 not found',
        stack: 'NotFoundError: Order 42 not found\n    at get (/app/src/orders.ts:1:1)',
      }),
    ).toEqual({
      id: 'e5b981ee06390529',
      errorClass: 'NotFoundError',
      message: 'Order <number> not found',
      frame: 'get (src/orders.ts)',
    })
  })

  it.each([
    ['x', 'TypeError: x\n    at f (/a.js:1:1)', 'TypeError'],
    ['x', 'TypeError [ERR_X]: x', 'TypeError [ERR_X]'],
    ['x', 'TooManyRequests: x', 'TooManyRequests'],
    ['x', 'QuotaDépassé: x', 'QuotaDépassé'],
    ['x', 'Error: x', null],
    ['', 'AbortError\n    at f (/a.js:1:1)', 'AbortError'],
    ['\nInvalid call', 'PrismaError: \nInvalid call', 'PrismaError'],
    ['TypeError: x', null, 'TypeError'],
    ['TypeError: x', 'Error: TypeError: x', 'TypeError'],
    ['Error: AxiosError: x', null, 'AxiosError'],
    ['[ERR_FULL] x', null, 'ERR_FULL'],
    ['requests.exceptions.ReadTimeout: x', null, 'requests.exceptions.ReadTimeout'],
    ['Step one: x', null, null],
  ])('reads the class of %j with the stack %j', (message, stack, errorClass) => {
    expect(fingerprintOf({ message, stack }).errorClass).toBe(errorClass)
  })

  it('has one id for a class told by the stack and one told by the message', () => {
    expect(fingerprintOf({ message: 'TypeError: x' }).id).toBe(
      fingerprintOf({ message: 'x', stack: 'TypeError: x\n    at f (node:fs:1:1)' }).id,
    )
  })

  it('reads the error and the place out of a Python traceback', () => {
    const message = [
      'Script failed: Traceback (most recent call last):',
      '  File "/opt/ml/main.py", line 3, in <module>',
      '    main()',
      '  File "/opt/ml/steps/load.py", line 9, in load',
      '    open(path)',
      '  File "/usr/lib/python3/dist-packages/PIL/Image.py", line 1, in open',
      "FileNotFoundError: no such file: '/tmp/x'",
    ].join('\n')
    expect(
      fingerprintOf({ message, stack: `Error: ${message}\n    at run (/app/src/py.ts:1:1)` }),
    ).toMatchObject({
      errorClass: 'FileNotFoundError',
      message: 'Script failed: no such file: <quoted>',
      frame: 'load (steps/load.py)',
    })
  })

  it('tells of a traceback that was cut where it was', () => {
    const message = [
      'Traceback (most recent call last):',
      '  File "/opt/ml/main.py", line 3, in main',
      '    load(path)',
      '  File "/opt/ml/steps/lo',
    ].join('\n')
    expect(fingerprintOf({ message })).toMatchObject({
      errorClass: null,
      message: 'Traceback (most recent call last):',
      frame: 'main (ml/main.py)',
    })
  })

  it('takes a message that was cut from its stack', () => {
    const issues = JSON.stringify(
      Array.from({ length: 20 }, (_, index) => ({
        path: ['tags', index],
        message: 'Too long, much too long',
      })),
    )
    const stack = `ZodError: ${issues}\n    at parse (/app/src/parse.ts:1:1)`
    const whole = fingerprintOf({ message: issues, stack })
    expect(fingerprintOf({ message: issues.slice(0, 1000), stack })).toEqual(whole)
    expect(whole.message).toBe('tags[<number>]: Too long, much too long')
  })

  it('is another for another frame, and the same for another line of it', () => {
    expect(idAt('/app/src/a.ts:1:1')).toBe(idAt('/home/lea/shop/src/a.ts:90:2'))
    expect(idAt('/app/src/a.ts:1:1')).not.toBe(idAt('/app/src/b.ts:1:1'))
  })

  it('takes any message and stack', () => {
    const text = fc.string({ unit: 'binary', maxLength: 500 })
    fc.assert(
      fc.property(text, text, (message, stack) => {
        expect(fingerprintOf({ message, stack }).id).toMatch(/^[0-9a-f]{16}$/)
      }),
    )
  })

  it('takes no longer for stacks made to be slow', () => {
    for (const part of [
      '    at ',
      '    at f (',
      '\n',
      ': ',
      'Traceback (most recent call last):\n',
      'A.',
      '[A',
    ]) {
      const text = part.repeat(300_000)
      expect(fingerprintOf({ message: text, stack: text }).id).toHaveLength(16)
    }
  })
})

describe('splitFingerprint', () => {
  it('is one for each message of each group', () => {
    const ids = ['a', 'b'].flatMap((base) =>
      ['x 1', 'x 2'].map((text) => splitFingerprint(base, text)),
    )
    expect(new Set(ids).size).toBe(4)
    expect(splitFingerprint('a', 'x 1')).toBe(ids[0])
  })

  it('looks at no more of a message than is kept', () => {
    const kept = 'x'.repeat(1000)
    expect(splitFingerprint('a', `${kept} 1`)).toBe(splitFingerprint('a', kept))
  })
})

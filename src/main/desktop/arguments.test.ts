import { describe, expect, test } from 'vitest'
import { consoleArguments } from './arguments.ts'

describe('consoleArguments', () => {
  test('of a packaged app are everything after the executable', () => {
    expect(consoleArguments(['/opt/vigie', '--redis', 'redis://a', '--read-only'], true)).toEqual([
      '--redis',
      'redis://a',
      '--read-only',
    ])
  })

  test('of an unpackaged app begin after its folder, past -r and the runtime’s switches', () => {
    const argv = ['electron', '--no-sandbox', '-r', 'early.cjs', '.', '--data', 'here']
    expect(consoleArguments(argv, false)).toEqual(['--data', 'here'])
  })

  test.each(['--no-sandbox', '--remote-debugging-port=0', '--password-store=basic'])(
    'leave %s to Chromium wherever it stands',
    (name) => {
      expect(consoleArguments(['vigie', name, '--web', name], true)).toEqual(['--web'])
    },
  )

  test('keep an unknown flag, so that it is refused with a message', () => {
    expect(consoleArguments(['vigie', '--bogus'], true)).toEqual(['--bogus'])
  })

  test('are none without a folder', () => {
    expect(consoleArguments(['electron', '--no-sandbox'], false)).toEqual([])
  })
})

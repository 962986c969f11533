import { expect, test } from 'vitest'
import { withoutRedis } from './flags.ts'

test('an address of Redis leaves the command line, however it was written', () => {
  expect(withoutRedis(['--redis', 'rediss://u:secret@h', '--port', '1'])).toEqual(['--port', '1'])
  expect(withoutRedis(['--read-only', '--redis=redis://:secret@h'])).toEqual(['--read-only'])
})

test('everything else stays in its order', () => {
  const flags = ['--name', 'Our --redis', '--prefix=bull', '--web']
  expect(withoutRedis(flags)).toEqual(flags)
})

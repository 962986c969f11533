import { expect, test } from 'vitest'
import { isTellingShare } from './cost-share.ts'

test.each([
  [0, false],
  [1, false],
  [49.9, false],
  [50, true],
  [5000, true],
])('at %d commands/s the share tells something: %s', (commandsPerSecond, telling) => {
  expect(isTellingShare({ commandsPerSecond })).toBe(telling)
})

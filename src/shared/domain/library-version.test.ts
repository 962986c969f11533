import { expect, test } from 'vitest'
import { bullmqVersion, majorOf } from './library-version.ts'

test.each([
  ['bullmq:6.7.0', '6.7.0'],
  ['bullmq:5.0.0-beta.1', '5.0.0-beta.1'],
  ['bullmq-pro:7.1.0', null],
  ['6.7.0', null],
  ['bullmq:', null],
  ['', null],
  [null, null],
])('%j is version %j', (meta, version) => {
  expect(bullmqVersion(meta)).toBe(version)
})

test('the major is the first number', () => {
  expect(majorOf('10.2.1')).toBe(10)
  expect(majorOf(null)).toBeNull()
})

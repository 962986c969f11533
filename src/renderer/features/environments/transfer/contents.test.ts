import { expect, test } from 'vitest'
import { profileFor } from '#test-support/profiles.ts'
import { readContents } from './contents.ts'

const profile = profileFor({ name: 'Shop' })
const document = {
  format: 'vigie-environments',
  version: 1,
  exportedAt: '2026-01-01T00:00:00.000Z',
  profiles: [profile],
  encrypted: null,
}
const read = (changes: object) => readContents(JSON.stringify({ ...document, ...changes }))

test('shows what is in a file, and that its secrets are not', () => {
  expect(read({})).toEqual({ profiles: [profile], sealed: false })
  expect(read({ profiles: [] })).toEqual({ profiles: [], sealed: false })
})

test('tells what is wrong with a file before anything is sent', () => {
  expect(readContents('')).toBe('not-a-transfer')
  expect(readContents('[]')).toBe('not-a-transfer')
  expect(readContents(' '.repeat(5_000_001))).toBe('not-a-transfer')
  expect(read({ format: 'other' })).toBe('not-a-transfer')
  expect(read({ version: 2, unheard: 'of' })).toBe('newer-version')
  expect(read({ encrypted: { cipher: 'none' } })).toBe('damaged')
  expect(read({ profiles: [{ ...profile, name: '' }] })).toBe('profile-invalid')
  expect(read({ profiles: [{ ...profile, password: 'planted' }] })).toBe('profile-invalid')
})

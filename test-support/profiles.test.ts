import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { environmentKindSchema, profileSchema } from '../src/shared/contract/profiles.ts'
import { anyProfile, profileFor, sshFor, tlsFor } from './profiles.ts'

test('each kind has a valid profile, with and without TLS and a tunnel', () => {
  for (const kind of environmentKindSchema.options) {
    expect(profileFor({ kind })).toMatchObject({ kind, locked: kind === 'production' })
    expect(profileFor({ kind, tls: tlsFor(), ssh: sshFor() })).toMatchObject({ kind })
  }
})

test('an invalid profile is no profile to test with', () => {
  expect(() => profileFor({ kind: 'production', locked: false })).toThrow('production-is-locked')
})

test('any profile is one that the schema takes as it is', () => {
  fc.assert(
    fc.property(anyProfile, (profile) => {
      expect(profileSchema.parse(profile)).toEqual(profile)
    }),
    { numRuns: 500 },
  )
})

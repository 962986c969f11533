import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { secretSlots, type SecretChanges, type Secrets } from '#shared/contract/profiles.ts'
import { kept, keptAfter, withChanges } from './secret-slots.ts'

const secret = fc.string({ minLength: 1 })
const secrets = fc.dictionary(fc.constantFrom(...secretSlots), secret) as fc.Arbitrary<Secrets>
const changes = fc.dictionary(
  fc.constantFrom(...secretSlots),
  fc.option(secret),
) as fc.Arbitrary<SecretChanges>

test('what is said to be kept after a change is what a keychain would then hold', () => {
  fc.assert(
    fc.property(secrets, changes, (before, change) => {
      const { secrets: said, secretsKept } = keptAfter(
        kept(before, 'keychain').secrets,
        change,
        'memory',
      )
      const held = withChanges(before, change)
      expect(said.toSorted()).toEqual(Object.keys(held).toSorted())
      expect(secretsKept).toBe(said.length === 0 ? null : 'memory')
    }),
  )
})

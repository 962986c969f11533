import { expect, test } from 'vitest'
import { changesSchema } from './changes.ts'
import { auditWords } from './words.en.ts'

const changes = {
  name: { from: 'Shop', to: 'Shop EU' },
  kind: { from: 'production', to: 'staging' },
  address: { from: 'redis://a.example:6379/0', to: 'rediss://b.example:6379/0' },
  access: { from: 'full', to: 'view-only' },
  locked: { from: true, to: false },
}

test.each(Object.keys(changesSchema.shape))('a change of %s is known and has a word', (name) => {
  expect(changesSchema.safeParse({ [name]: changes[name as keyof typeof changes] }).success).toBe(
    true,
  )
  const word = name === 'address' ? 'deployment' : name
  expect(auditWords.profileField).toHaveProperty(word)
})

test('a change that another version kept is not taken for one of these', () => {
  expect(changesSchema.safeParse({ kind: { from: 'production', to: 'canary' } }).success).toBe(
    false,
  )
  expect(changesSchema.safeParse({ region: { from: 'a', to: 'b' } }).success).toBe(false)
})

import * as fc from 'fast-check'
import { inspect } from 'node:util'
import { describe, expect, test } from 'vitest'
import type { SecretChanges, SecretKeeping, Secrets } from '#shared/contract/profiles.ts'
import { secretSlots } from '#shared/contract/profiles.ts'
import { anySecrets } from '#test-support/profiles.ts'
import { KeychainProblem, type KeychainEntries } from './entries.ts'
import { KeychainSecretStore } from './secret-store.ts'

/** A keychain with Windows' limits that can be made to fail after some calls, for one or for good. */
class MemoryKeychain implements KeychainEntries {
  readonly texts = new Map<string, string>()
  calls = 0
  failsAt = Number.POSITIVE_INFINITY
  worksAgainAt = Number.POSITIVE_INFINITY

  async probe() {
    this.#call()
  }
  async get(account: string) {
    this.#call()
    return this.texts.get(account) ?? null
  }
  async set(account: string, text: string) {
    this.#call()
    if (text.length * 2 > 2560) throw new KeychainProblem('too long')
    this.texts.set(account, text)
  }
  async delete(account: string) {
    this.#call()
    return this.texts.delete(account)
  }
  #call() {
    this.calls += 1
    if (this.calls >= this.failsAt && this.calls < this.worksAgainAt) {
      throw new KeychainProblem('gone')
    }
  }
  fail() {
    this.failsAt = 0
  }
  work() {
    this.failsAt = Number.POSITIVE_INFINITY
  }
}

function open({ keychain = new MemoryKeychain(), keptBefore = false } = {}) {
  return {
    keychain,
    store: new KeychainSecretStore({ entries: keychain, keptBefore: () => keptBefore }),
  }
}

const anyChanges: fc.Arbitrary<SecretChanges> = fc
  .array(
    fc.tuple(
      fc.constantFrom(...secretSlots),
      fc.option(
        fc.oneof(
          fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 }),
          fc.constantFrom(599, 600, 601, 1801).map((length) => '🏭'.repeat(length)),
        ),
        { nil: null },
      ),
    ),
    { maxLength: 5 },
  )
  .map((entries) => Object.fromEntries(entries))
const anyKeeping = fc.constantFrom<SecretKeeping>('keychain', 'memory')

function applied(before: Secrets, changes: SecretChanges): Secrets {
  const entries = Object.entries({ ...before, ...changes })
  return Object.fromEntries(entries.filter(([, secret]) => typeof secret === 'string')) as Secrets
}

describe('what is written', () => {
  test('is read again, wherever it is kept and however often it moves', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(anyChanges, anyKeeping)), async (steps) => {
        const { store, keychain } = open()
        let expected: Secrets = {}
        for (const [changes, keep] of steps) {
          await store.write('staging', changes, keep)
          expected = applied(expected, changes)
          expect(await store.read('staging')).toEqual(expected)
          const kept = keep === 'keychain' && Object.keys(expected).length > 0
          expect(keychain.texts.size > 0).toBe(kept)
        }
        await store.remove('staging')
        expect(await store.read('staging')).toEqual({})
        expect([...keychain.texts.keys()]).toEqual([])
      }),
    )
  })

  test('to the keychain is there for the next run, and to memory is not', async () => {
    const { store, keychain } = open()
    await store.write('staging', { password: 'a', sshKey: 'k'.repeat(5000) }, 'keychain')
    await store.write('production', { password: 'b' }, 'memory')
    const next = open({ keychain, keptBefore: true }).store
    expect(await next.read('staging')).toEqual({ password: 'a', sshKey: 'k'.repeat(5000) })
    expect(await next.read('production')).toEqual({})
  })

  test('leaves nothing in the keychain but what is true now', async () => {
    const { store, keychain } = open()
    await store.write('staging', { password: 'old', sshKey: 'k'.repeat(5000) }, 'keychain')
    await store.write('staging', { password: 'new', sshKey: 'short' }, 'keychain')
    expect([...keychain.texts.values()]).toEqual(
      expect.arrayContaining(['new', 'short', expect.stringContaining('"side":"b"')]),
    )
    expect(keychain.texts.size).toBe(3)
  })

  test('is kept apart for each environment', async () => {
    const { store } = open()
    await Promise.all([
      store.write('one', { password: 'a' }, 'keychain'),
      store.write('two', { password: 'b' }, 'keychain'),
      store.write('three', { password: 'c' }, 'memory'),
    ])
    await store.remove('one')
    expect(await store.read('one')).toEqual({})
    expect(await store.read('two')).toEqual({ password: 'b' })
    expect(await store.read('three')).toEqual({ password: 'c' })
  })

  test('at the same time is written in the order it was asked for', async () => {
    const { store } = open()
    await Promise.all([
      store.write('one', { password: 'a' }, 'keychain'),
      store.write('one', { password: 'b', sshKey: 'key' }, 'memory'),
      store.write('one', { password: 'c' }, 'keychain'),
    ])
    expect(await store.read('one')).toEqual({ password: 'c', sshKey: 'key' })
  })
})

describe('a keychain that goes away in the middle', () => {
  test('leaves all of the change or nothing, to this run and to the next', async () => {
    await fc.assert(
      fc.asyncProperty(
        anyChanges,
        anyKeeping,
        anyChanges,
        anyKeeping,
        fc.integer({ min: 1, max: 60 }),
        fc.boolean(),
        async (first, firstKeep, second, secondKeep, failsAfter, forGood) => {
          const { store, keychain } = open()
          await store.write('staging', first, firstKeep)
          const before = await store.read('staging')
          keychain.failsAt = keychain.calls + failsAfter
          if (!forGood) keychain.worksAgainAt = keychain.failsAt + 1
          const written = await store.write('staging', second, secondKeep).then(
            () => true,
            (error: unknown) => {
              expect(error).toMatchObject({ code: 'KEYCHAIN_UNAVAILABLE' })
              return false
            },
          )
          keychain.work()
          const expected = written ? applied(before, second) : before
          expect(await store.read('staging')).toEqual(expected)
          const keptNow = (written ? secondKeep : firstKeep) === 'keychain'
          const next = open({ keychain, keptBefore: keptNow }).store
          expect(await next.read('staging')).toEqual(keptNow ? expected : {})
          // The next change tidies up what the failed one left.
          await store.write('staging', { password: 'last' }, 'memory')
          await store.write('other', { password: 'x' }, 'keychain')
          await store.remove('other')
          expect([...keychain.texts.keys()]).toEqual([])
        },
      ),
      { numRuns: 300 },
    )
  })

  test('is told for a removal, which can be asked for again', async () => {
    const { store, keychain } = open()
    await store.write('staging', { password: 'a', sshKey: 'k'.repeat(2000) }, 'keychain')
    keychain.failsAt = keychain.calls + 3
    await expect(store.remove('staging')).rejects.toMatchObject({ code: 'KEYCHAIN_UNAVAILABLE' })
    keychain.work()
    await store.remove('staging')
    expect(keychain.texts.size).toBe(0)
  })
})

describe('without a keychain', () => {
  test('it says so, and memory can be used all the same', async () => {
    const { store, keychain } = open()
    keychain.fail()
    expect(await store.keychain()).toEqual({ available: false, problem: 'gone' })
    await expect(store.write('new', { password: 'a' }, 'keychain')).rejects.toMatchObject({
      code: 'KEYCHAIN_UNAVAILABLE',
      data: { problem: 'gone' },
    })
    expect(await store.read('new')).toEqual({})
    await store.write('new', { password: 'a', sshKey: 'k' }, 'memory')
    await store.write('new', { sshKey: null }, 'memory')
    expect(await store.read('new')).toEqual({ password: 'a' })
    await store.write('new', { password: null }, 'keychain')
    expect(await store.read('new')).toEqual({})
    await store.remove('new')
  })

  test('what was kept there can be neither read, replaced by memory nor removed', async () => {
    const { store, keychain } = open({ keptBefore: true })
    keychain.fail()
    const unavailable = { code: 'KEYCHAIN_UNAVAILABLE' }
    await expect(store.read('old')).rejects.toMatchObject(unavailable)
    await expect(store.write('old', { password: 'b' }, 'memory')).rejects.toMatchObject(unavailable)
    await expect(store.remove('old')).rejects.toMatchObject(unavailable)
  })

  test('a no to one is one to all that waited, and a person may ask again', async () => {
    const { store, keychain } = open({ keptBefore: true })
    keychain.fail()
    const answers = await Promise.allSettled(['a', 'b', 'c'].map((id) => store.read(id)))
    expect(answers.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected'])
    expect(keychain.calls).toBe(1)
    keychain.work()
    store.askAgain()
    expect(await store.read('a')).toEqual({})
  })
})

test('what a new environment finds of another under its name is not its own', async () => {
  const { store: earlier, keychain } = open()
  await earlier.write('staging', { password: 'a', sshKey: 'k' }, 'keychain')
  const { store } = open({ keychain, keptBefore: false })
  expect(await store.read('staging')).toEqual({})
  await store.write('staging', { password: 'b' }, 'keychain')
  expect(await store.read('staging')).toEqual({ password: 'b' })
  expect(keychain.texts.size).toBe(2)
})

test.each(['', 'null', '[]', '{"password":{"side":"c","parts":1}}', '{"password":{"parts":1e9}}'])(
  'an index that says %j holds no secret',
  async (text) => {
    const { store, keychain } = open({ keptBefore: true })
    keychain.texts.set('staging', text)
    expect(await store.read('staging')).toEqual({})
  },
)

test('a secret that lost a part is left out', async () => {
  const { store, keychain } = open()
  await store.write('staging', { password: 'a', sshKey: 'k'.repeat(2000) }, 'keychain')
  keychain.texts.delete('staging/sshKey/a/2')
  expect(await store.read('staging')).toEqual({ password: 'a' })
})

/** One that has refused a reading, and would not refuse another. */
async function refused() {
  const { keychain, store } = open()
  await store.write('staging', { password: 'a' }, 'keychain')
  let now = 0
  const later = new KeychainSecretStore({
    entries: keychain,
    keptBefore: () => true,
    now: () => now,
  })
  keychain.fail()
  const unavailable = expect.objectContaining({ code: 'KEYCHAIN_UNAVAILABLE' })
  await expect(later.read('staging')).rejects.toEqual(unavailable)
  const calls = keychain.calls
  await expect(later.read('staging')).rejects.toEqual(unavailable)
  await expect(later.read('production')).rejects.toEqual(unavailable)
  expect(keychain.calls).toBe(calls)
  keychain.work()
  const pass = (milliseconds: number) => {
    now += milliseconds
  }
  return { keychain, store: later, pass }
}

describe('a keychain that refused to be read', () => {
  test('is left alone for some minutes, whichever environment wants something of it', async () => {
    const { store, pass } = await refused()
    pass(4 * 60_000)
    await expect(store.read('staging')).rejects.toMatchObject({ code: 'KEYCHAIN_UNAVAILABLE' })
    pass(60_000)
    expect(await store.read('staging')).toEqual({ password: 'a' })
  })

  test('is asked again at once for a person who is there', async () => {
    const { store } = await refused()
    store.askAgain()
    expect(await store.read('staging')).toEqual({ password: 'a' })
  })

  test('counts as open again once something was written to it', async () => {
    const { store } = await refused()
    await store.write('staging', { password: 'b' }, 'keychain')
    expect(await store.read('staging')).toEqual({ password: 'b' })
  })
})

test('looking at the store shows no secret', async () => {
  await fc.assert(
    fc.asyncProperty(anySecrets, async (secrets) => {
      const { store } = open()
      const planted = Object.fromEntries(
        Object.keys(secrets).map((slot) => [slot, `planted-${slot}`]),
      )
      await store.write('staging', planted, 'memory')
      const seen = inspect(store, { depth: 20, showHidden: true }) + JSON.stringify(store)
      expect(seen).not.toContain('planted-')
    }),
    { numRuns: 20 },
  )
})

test('the words of a keychain are made short and fit to be shown', () => {
  const { message } = new KeychainProblem(`one\n\u001B[31mtwo\u202E  ${'x'.repeat(500)}`)
  expect(message).toMatch(/^one \[31mtwo x+…$/)
  expect(message).toHaveLength(200)
})

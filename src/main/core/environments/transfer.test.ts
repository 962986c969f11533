import * as fc from 'fast-check'
import { createHash } from 'node:crypto'
import canonicalize from 'canonicalize'
import { describe, expect, test } from 'vitest'
import { scryptCosts } from '#shared/domain/transfer-document.ts'
import type { ErrorData } from '#shared/errors.ts'
import { anyProfile, anySecrets, profileFor, sshFor, tlsFor } from '#test-support/profiles.ts'
import { readTransfer, writeTransfer, type TransferredProfile } from './transfer.ts'

/** The least that is accepted, since each derivation of a key takes its time. */
const cheap = { cost: scryptCosts.least }
const passphrase = 'correct horse battery'
const anyTransfer = fc.array(fc.record({ profile: anyProfile, secrets: anySecrets }), {
  maxLength: 3,
})

type Problem = ErrorData<'TRANSFER_INVALID'>['problem']
const refusal = (problem: Problem) => ({ code: 'TRANSFER_INVALID', data: { problem } })

async function problemOf(text: string, given: string | undefined = passphrase, without = false) {
  try {
    await readTransfer(text, given, without)
    return null
  } catch (error) {
    return (error as { data: { problem: Problem } }).data.problem
  }
}

const staging: TransferredProfile = {
  profile: profileFor({
    name: 'Staging',
    kind: 'staging',
    deployment: { type: 'standalone', host: 'redis.internal', port: 6380 },
    tls: tlsFor({ serverName: 'redis.internal' }),
    ssh: sshFor({ hostKey: `SHA256:${'b'.repeat(43)}` }),
  }),
  secrets: { password: 'p4ss', sshPassword: 'tunnel-pass' },
}
const local: TransferredProfile = { profile: profileFor({ name: 'Local' }), secrets: {} }
const encrypted = writeTransfer([staging, local], passphrase, cheap)

type Json = { [name: string]: Json } & Json[]

/** The document with one change; `mended` with the digest a careful forger would write. */
async function edited(change: (document: Json) => void, mended = false): Promise<string> {
  const document = JSON.parse(await encrypted) as Json
  change(document)
  if (mended) {
    const body = document['encrypted'] as object
    Reflect.deleteProperty(body, 'digest')
    const digest = createHash('sha256')
      .update(canonicalize(document) ?? '')
      .digest('base64')
    Object.assign(body, { digest })
  }
  return JSON.stringify(document)
}

const sealed = (change: object) => (document: Json) =>
  void Object.assign(document['encrypted'] as object, change)
const derivation = (change: object) => (document: Json) =>
  void Object.assign(document['encrypted']?.['keyDerivation'] as object, change)

/** A document in the clear with one profile, given as JSON. */
const plain = (profile: string) =>
  `{"format":"vigie-environments","version":1,"exportedAt":"2026-01-01T00:00:00Z",` +
  `"profiles":[${profile}],"encrypted":null}`

describe('what is written', () => {
  test('is read again with its secrets, by the same passphrase', async () => {
    await fc.assert(
      fc.asyncProperty(
        anyTransfer,
        fc.string({ unit: 'grapheme', minLength: 12 }),
        async (profiles, secret) => {
          const text = await writeTransfer(profiles, secret, cheap)
          expect(await readTransfer(text, secret, false)).toEqual(profiles)
        },
      ),
      { numRuns: 8 },
    )
  }, 30_000)

  test('without a passphrase holds the profiles alone', async () => {
    await fc.assert(
      fc.asyncProperty(anyTransfer, async (profiles) => {
        const text = await writeTransfer(profiles)
        const bare = profiles.map(({ profile }) => ({ profile, secrets: {} }))
        expect(await readTransfer(text, undefined, false)).toEqual(bare)
        expect(await readTransfer(text, passphrase, false)).toEqual(bare)
        expect(JSON.parse(text)).toMatchObject({ encrypted: null })
      }),
    )
  })

  test('shows no secret, with or without a passphrase', async () => {
    for (const text of [await encrypted, await writeTransfer([staging])]) {
      for (const secret of ['p4ss', 'tunnel-pass', passphrase]) {
        expect(text).not.toContain(secret)
        expect(text).not.toContain(Buffer.from(secret).toString('base64').replace(/=+$/, ''))
        expect(text).not.toContain(Buffer.from(secret).toString('hex'))
      }
    }
  })

  test('twice is not the same', async () => {
    const [one, other] = await Promise.all([
      encrypted,
      writeTransfer([staging, local], passphrase, cheap),
    ])
    const [first, second] = [one, other].map((text) => (JSON.parse(text) as Json)['encrypted'])
    for (const field of ['text', 'initializationVector', 'check', 'keyDerivation']) {
      expect(first?.[field]).not.toEqual(second?.[field])
    }
  })

  test('says what it is, and derives its key as expensively as is declared', async () => {
    expect(JSON.parse(await writeTransfer([], passphrase))).toMatchObject({
      format: 'vigie-environments',
      version: 1,
      exportedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
      profiles: [],
      encrypted: {
        keyDerivation: { name: 'scrypt', cost: 131_072, blockSize: 8, parallelization: 1 },
        cipher: 'aes-256-gcm',
      },
    })
  })

  test('needs no more than the profiles where the secrets are not wanted', async () => {
    const read = await readTransfer(await encrypted, undefined, true)
    expect(read).toEqual([
      { profile: staging.profile, secrets: {} },
      { profile: local.profile, secrets: {} },
    ])
  })

  test('is opened by the passphrase however its accents are typed', async () => {
    const text = await writeTransfer([staging], 'Où est la clé ?'.normalize('NFC'), cheap)
    expect(await readTransfer(text, 'Où est la clé ?'.normalize('NFD'), false)).toEqual([staging])
  })
})

describe('the passphrase', () => {
  test('is asked for', async () => {
    await expect(readTransfer(await encrypted, undefined, false)).rejects.toMatchObject(
      refusal('passphrase-needed'),
    )
  })

  test.each(['', 'correct horse batter', 'Correct horse battery', 'correct horse battery '])(
    'is not %j',
    async (wrong) => {
      await expect(readTransfer(await encrypted, wrong, false)).rejects.toMatchObject(
        refusal('passphrase-wrong'),
      )
    },
  )
})

describe('an encrypted file that was changed', () => {
  test('in any byte is refused, or says the same', async () => {
    const bytes = Buffer.from(await encrypted)
    const original = await readTransfer(await encrypted, passphrase, false)
    await fc.assert(
      fc.asyncProperty(
        fc.nat(bytes.length - 1),
        fc.integer({ min: 1, max: 255 }),
        async (at, by) => {
          const flipped = Buffer.from(bytes)
          flipped[at] = (flipped[at] ?? 0) ^ by
          const read = await readTransfer(flipped.toString('utf8'), passphrase, false).catch(
            (error: { code: unknown }) => (error.code === 'TRANSFER_INVALID' ? original : error),
          )
          expect(read).toEqual(original)
        },
      ),
      { numRuns: 300 },
    )
  })

  test('by being cut off anywhere is refused', async () => {
    const text = (await encrypted).trimEnd()
    await fc.assert(
      fc.asyncProperty(fc.nat(text.length - 1), async (length) => {
        // Where its head ends, either may be said.
        const problems = length < 100 ? ['not-a-transfer', 'damaged'] : ['damaged']
        expect(problems).toContain(await problemOf(text.slice(0, length)))
      }),
      { numRuns: 50, examples: Array.from({ length: 60 }, (_, length) => [length]) },
    )
  })

  test.each<[string, (document: Json) => void]>([
    [
      'the address',
      (document) =>
        void Object.assign(document['profiles']?.[0]?.['deployment'] ?? {}, {
          host: 'evil.example',
        }),
    ],
    [
      'the pinned host key',
      (document) => void Object.assign(document['profiles']?.[0]?.['ssh'] ?? {}, { hostKey: null }),
    ],
    ['TLS', (document) => void Object.assign(document['profiles']?.[0] ?? {}, { tls: null })],
    ['the order of the profiles', (document) => void document['profiles']?.sort(() => -1)],
    [
      'the date',
      (document) => void Object.assign(document, { exportedAt: '2020-01-01T00:00:00Z' }),
    ],
    ['the number of profiles', (document) => void document['profiles']?.pop()],
  ])('in %s is refused, although its digest was mended', async (_, change) => {
    expect(await problemOf(await edited(change))).toBe('damaged')
    expect(await problemOf(await edited(change), undefined, true)).toBe('damaged')
    expect(await problemOf(await edited(change, true))).toBe('damaged')
  })

  test.each(['text', 'tag', 'initializationVector'])(
    'in its %s is refused, although its digest was mended',
    async (field) => {
      const change = (document: Json) => {
        const sealed = document['encrypted'] as unknown as Record<string, string>
        const value = Buffer.from(sealed[field] ?? '', 'base64')
        value[0] = (value[0] ?? 0) ^ 1
        sealed[field] = value.toString('base64')
      }
      expect(await problemOf(await edited(change, true))).toBe('damaged')
    },
  )
})

describe('a file of somebody else', () => {
  test.each<[string, (document: Json) => void]>([
    ['a key that takes all memory', derivation({ cost: 2 ** 30 })],
    ['a key that costs nothing', derivation({ cost: 2 })],
    ['a cost that is no power of two', derivation({ cost: 2 ** 17 + 1 })],
    ['larger blocks', derivation({ blockSize: 1024 })],
    ['more rounds', derivation({ parallelization: 100 })],
    ['another derivation', derivation({ name: 'none' })],
    ['an empty salt', derivation({ salt: '' })],
    ['another cipher', sealed({ cipher: 'aes-128-ecb' })],
    ['a short tag', sealed({ tag: 'AAAAAA==' })],
    ['a text that is no base64', sealed({ text: '%%%' })],
    ['one field more', sealed({ more: 1 })],
    ['one field more outside', (document) => void Object.assign(document, { more: 1 })],
    ['a date that is none', (document) => void Object.assign(document, { exportedAt: 'today' })],
    ['an encryption that is none', (document) => void Object.assign(document, { encrypted: 7 })],
  ])('that asks for %s is refused before any work', async (_, change) => {
    expect(await problemOf(await edited(change, false))).toBe('damaged')
  })

  test.each<[string, string, Problem]>([
    ['nothing', '', 'not-a-transfer'],
    ['no JSON', 'redis://user:pass@host', 'not-a-transfer'],
    ['other JSON', '{"format":"other","version":1}', 'not-a-transfer'],
    ['null', 'null', 'not-a-transfer'],
    ['a list', '[]', 'not-a-transfer'],
    ['no version', '{"format":"vigie-environments"}', 'not-a-transfer'],
    ['version 0', '{"format":"vigie-environments","version":0}', 'not-a-transfer'],
    ['a newer version', '{"format":"vigie-environments","version":2,"new":1}', 'newer-version'],
    ['the head alone', '{"format":"vigie-environments","version":1}', 'damaged'],
    ['too much', ' '.repeat(5_000_001), 'not-a-transfer'],
    ['a deep nest', `${'['.repeat(200_000)}${']'.repeat(200_000)}`, 'not-a-transfer'],
  ])('that holds %s is refused', async (_, text, problem) => {
    expect(await problemOf(text)).toBe(problem)
  })

  test.each<[string, unknown]>([
    ['is none', {}],
    ['has one field more', { ...profileFor(), password: 'x' }],
    ['is production, but not locked', { ...profileFor(), kind: 'production', color: 'red' }],
    [
      'takes any certificate in production',
      {
        ...profileFor({ kind: 'production' }),
        tls: { ...tlsFor(), acceptAny: 'accept any certificate' },
      },
    ],
  ])('with a profile that %s is refused', async (_, profile) => {
    expect(await problemOf(plain(JSON.stringify(profile)))).toBe('profile-invalid')
  })

  test('with a profile that is nested without end is refused', async () => {
    const nest = `${'['.repeat(100_000)}${']'.repeat(100_000)}`
    expect(await problemOf(plain(nest))).toBe('profile-invalid')
    const deep = plain(nest).replace('"encrypted":null', `"encrypted":${nest}`)
    expect(await problemOf(deep)).toBe('damaged')
  })

  test.each(['__proto__', 'constructor', 'prototype'])('cannot bring a field %s', async (name) => {
    const text = plain(JSON.stringify(profileFor())).replace(
      '"name"',
      `"${name}":{"kind":"x"},"name"`,
    )
    expect(await problemOf(text)).toBe('profile-invalid')
    const outside = plain(JSON.stringify(profileFor())).replace(
      '{"format"',
      `{"${name}":{"x":1},"format"`,
    )
    expect(await problemOf(outside)).toBe('damaged')
  })

  test('may name two profiles the same', async () => {
    const text = await writeTransfer([local, local])
    expect(await readTransfer(text, undefined, false)).toEqual([local, local])
  })
})

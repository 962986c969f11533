import { describe, expect, it } from 'vitest'
import { fingerprintOf } from '../fingerprint.ts'
import type { CorpusError } from './corpus-kind.ts'
import { corpus } from './corpus.ts'

const all = [...corpus.tuned, ...corpus.heldOut]

/** Of all pairs of errors: how many that were put together belong together, and the other way round. */
function pairwise(errors: readonly CorpusError[], stacks: boolean) {
  const rows = errors.map(({ kind, message, stack }) => ({
    kind,
    id: fingerprintOf({ message, stack: stacks ? stack : null }).id,
  }))
  let together = 0
  let wronglyTogether = 0
  let wronglyApart = 0
  for (const [index, one] of rows.entries()) {
    for (const other of rows.slice(index + 1)) {
      if (one.kind === other.kind && one.id === other.id) together += 1
      else if (one.kind === other.kind) wronglyApart += 1
      else if (one.id === other.id) wronglyTogether += 1
    }
  }
  return {
    precision: together / (together + wronglyTogether),
    recall: together / (together + wronglyApart),
  }
}

describe('the corpus', () => {
  it('has enough kinds and errors, about half of them with stacks', () => {
    const kinds = new Set(all.map((error) => error.kind))
    expect(all.length).toBeGreaterThanOrEqual(360)
    expect(kinds.size).toBeGreaterThanOrEqual(40)
    expect(Math.min(...Array.from(kinds, (kind) => ofKind(kind).length))).toBeGreaterThanOrEqual(6)
    expect(all.filter((error) => error.stack !== null).length).toBeGreaterThan(all.length * 0.4)
  })

  it.each([
    ['all', all],
    ['those the rules were made on', corpus.tuned],
    ['those held out', corpus.heldOut],
    ['those whose messages differ within a kind', all.filter(hasDifferentMessages)],
  ])('is grouped as labelled: %s', (_, errors) => {
    const { precision, recall } = pairwise(errors, true)
    expect(precision).toBeGreaterThan(0.95)
    expect(recall).toBeGreaterThan(0.95)
  })

  it('is grouped as labelled without stacks, but for kinds that differ in their frames alone', () => {
    const { precision, recall } = pairwise(
      all.filter((error) => error.sameMessageAs === null),
      false,
    )
    expect(precision).toBeGreaterThan(0.95)
    expect(recall).toBeGreaterThan(0.95)
  })

  it('keeps near kinds apart', () => {
    for (const near of [
      ['axios-401', 'axios-403', 'axios-429', 'axios-503'],
      ['connect-timeout', 'read-timeout'],
      ['undefined-in-invoice', 'undefined-in-profile-sync'],
      ['mysql-deadlock', 'mysql-lock-wait'],
      ['pg-unique-email', 'pg-unique-order-number'],
      ['openai-tokens-per-minute', 'openai-requests-per-minute', 'openai-quota'],
      ['killed-by-memory', 'program-failed'],
    ]) {
      const ids = near.map((kind) => new Set(ofKind(kind).map((error) => fingerprintOf(error).id)))
      expect(ids.map((set) => set.size)).toEqual(near.map(() => 1))
      expect(new Set(ids.flatMap((set) => [...set])).size).toBe(near.length)
    }
  })
})

function ofKind(kind: string): CorpusError[] {
  return all.filter((error) => error.kind === kind)
}

function hasDifferentMessages({ kind }: CorpusError): boolean {
  return new Set(ofKind(kind).map((error) => error.message)).size > 1
}

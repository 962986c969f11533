/** A stream of pseudo-random values that is the same for the same seed. */
export interface Random {
  /** From 0 up to, not including, 1. */
  next: () => number
  between(low: number, high: number): number
  /** Both ends included. */
  integer(low: number, high: number): number
  chance(share: number): boolean
  pick<List extends readonly [unknown, ...unknown[]]>(list: List): List[number]
  /** Letters and digits, as identifiers of outside services look. */
  token(length: number): string
}

const alphabet = 'abcdefghijkmnpqrstuvwxyz23456789'

/** Seeds by any number of parts, so that each queue, job and attempt has a stream of its own. */
export function seeded(...parts: readonly (string | number)[]): Random {
  let state = hash(parts.join('\u0000'))
  // Mulberry32 by Tommy Ettinger, public domain.
  const next = () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
  const integer = (low: number, high: number) => low + Math.floor(next() * (high - low + 1))
  return {
    next,
    integer,
    between: (low, high) => low + next() * (high - low),
    chance: (share) => next() < share,
    pick: (list) => list[Math.floor(next() * list.length)],
    token: (length) =>
      Array.from({ length }, () => alphabet.charAt(integer(0, alphabet.length - 1))).join(''),
  }
}

/** FNV-1a, 32 bits. */
function hash(text: string): number {
  let value = 0x811c9dc5
  for (let index = 0; index < text.length; index++) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193)
  }
  return value
}

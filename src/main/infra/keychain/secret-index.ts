import { secretSlots, type SecretSlot } from '#shared/contract/profiles.ts'

/** Where a secret's parts are: two sides, so that a new one is never written over the old. */
export interface Place {
  side: 'a' | 'b'
  parts: number
}

/** Which secrets an environment has in the keychain: the one entry whose writing makes a change true. */
export type SecretIndex = Partial<Record<SecretSlot, Place>>

/**
 * Characters in one part. Windows keeps at most 2560 bytes of UTF-16 in an entry, where a character
 * outside the basic plane takes four.
 */
const partLength = 600
const mostParts = 100

/** Takes a secret apart into texts that every keychain has room for. */
export function partsOf(secret: string): string[] {
  return secret.match(new RegExp(`[\\s\\S]{1,${partLength}}`, 'gu')) ?? []
}

export function formatIndex(index: SecretIndex): string {
  return JSON.stringify(index)
}

/** Empty for anything that is none: what is lost is asked for again. */
export function parseIndex(text: string | null): SecretIndex {
  const value = jsonOf(text)
  if (typeof value !== 'object' || value === null) return {}
  const given = new Map<string, unknown>(Object.entries(value))
  return Object.fromEntries(
    secretSlots.flatMap((slot) => {
      const place = placeOf(given.get(slot))
      return place === null ? [] : [[slot, place]]
    }),
  )
}

function placeOf(value: unknown): Place | null {
  if (typeof value !== 'object' || value === null) return null
  if (!('side' in value) || !('parts' in value)) return null
  const { side, parts } = value
  if (side !== 'a' && side !== 'b') return null
  if (typeof parts !== 'number' || !Number.isInteger(parts)) return null
  return parts >= 1 && parts <= mostParts ? { side, parts } : null
}

function jsonOf(text: string | null): unknown {
  try {
    return JSON.parse(text ?? 'null')
  } catch {
    return null
  }
}

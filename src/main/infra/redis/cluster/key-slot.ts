import { Buffer } from 'node:buffer'
import { hashTagOf } from '#shared/domain/hash-tag.ts'

export const slotCount = 16_384

/** CRC-16/XMODEM of each single byte. */
const table = Uint16Array.from({ length: 256 }, (_, byte) => {
  let value = byte << 8
  for (let bit = 0; bit < 8; bit += 1) value = (value << 1) ^ (value & 0x8000 ? 0x1021 : 0)
  return value
})

/**
 * The slot of a key, 0 to 16383. Our own, because the package ioredis brings along (cluster-key-slot
 * 1.1.1) takes `{}x}` for a hash tag, which Redis does not: such a key would be looked for elsewhere.
 */
export function slotOf(key: string | Buffer): number {
  // Latin-1 keeps every byte, and braces are what they are.
  const tag = hashTagOf(typeof key === 'string' ? key : key.toString('latin1'))
  const hashed =
    typeof key === 'string'
      ? Buffer.from(tag ?? key)
      : tag === null
        ? key
        : Buffer.from(tag, 'latin1')
  let crc = 0
  for (const byte of hashed) crc = ((crc << 8) ^ (table[(crc >> 8) ^ byte] ?? 0)) & 0xffff
  return crc % slotCount
}

import { Buffer } from 'node:buffer'
import type { JobValue } from '#shared/contract/jobs.ts'

/** Longer values are cut at this length, in bytes. */
const shownLength = 256 * 1024
/** Longer values are not fetched at all unless somebody asks for the whole. */
const fetchedLength = 8 * 1024 * 1024
/** Not even the whole: Node cannot make one text of it, or only by holding everybody else up. */
export const longestValue = 64 * 1024 * 1024

export const isFetched = (size: number): boolean => size <= fetchedLength

/** A value as far as it is shown; `bytes` is null when it was not fetched. */
export function cutValue(size: number, bytes: unknown): JobValue {
  const known = Buffer.isBuffer(bytes) ? bytes : Buffer.alloc(0)
  if (known.length <= shownLength && known.length >= size) return wholeValue(known)
  return { size, text: textUpTo(known, shownLength), cut: true }
}

export function wholeValue(bytes: Buffer): JobValue {
  return { size: bytes.length, text: bytes.toString('utf8'), cut: false }
}

/** The beginning of UTF-8 text, up to so many bytes, ending between two characters. */
export function textUpTo(bytes: Buffer, length: number): string {
  let end = Math.min(length, bytes.length)
  const least = end - 4
  while (end < bytes.length && end > least && ((bytes[end] ?? 0) & 0xc0) === 0x80) end -= 1
  return bytes.toString('utf8', 0, end)
}

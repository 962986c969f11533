import { Buffer, isAscii } from 'node:buffer'
import type { RawFields } from '#core/mirror/ports.ts'

const [star, minus, feed, zero] = [42, 45, 10, 48]

/**
 * The replies of HMGET as they came (redis/packed-replies.ts): null where there was no such hash. Its texts may be
 * parts of one that is as long as all of them: whoever keeps one for long copies it.
 */
export function unpackFields(bytes: Uint8Array): (RawFields | null)[] {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  // Cut out of one text, a short one takes a tenth of the time.
  const whole = isAscii(buffer) ? buffer.toString('latin1') : null
  const found: (RawFields | null)[] = []
  const place = { at: 0 }
  while (place.at < buffer.length) {
    found.push(buffer[place.at] === star ? fieldsAt(buffer, whole, place) : refused(buffer, place))
  }
  return found
}

function fieldsAt(buffer: Buffer, whole: string | null, place: { at: number }): RawFields | null {
  place.at += 1
  const count = numberAt(buffer, place)
  const fields: (string | null)[] = []
  let texts = 0
  for (let index = 0; index < count; index += 1) {
    place.at += 1
    const length = numberAt(buffer, place)
    if (length < 0) {
      fields.push(null)
      continue
    }
    const [start, end] = [place.at, place.at + length]
    fields.push(whole === null ? buffer.toString('utf8', start, end) : whole.slice(start, end))
    texts += 1
    place.at = end + 2
  }
  return texts === 0 ? null : fields
}

function refused(buffer: Buffer, place: { at: number }): null {
  place.at = buffer.indexOf(feed, place.at) + 1
  return null
}

function numberAt(buffer: Buffer, place: { at: number }): number {
  let at = place.at
  const negative = buffer[at] === minus
  let value = 0
  for (let digit = buffer[at]; digit !== feed; digit = buffer[at]) {
    // The minus and the carriage return are no digits.
    if (digit !== undefined && digit >= zero) value = value * 10 + digit - zero
    at += 1
  }
  place.at = at + 1
  return negative ? -value : value
}

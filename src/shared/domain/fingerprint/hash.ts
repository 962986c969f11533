/**
 * 64 bits of a text as 16 hexadecimal characters: cyrb53 of bryc in its 64-bit form (public domain,
 * https://github.com/bryc/code/blob/master/jshash/experimental/cyrb53.js). Not for secrets. Stable: it names
 * groups in files, so it may never change.
 */
export function hashOf(text: string): string {
  let high = 0xdeadbeef
  let low = 0x41c6ce57
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index)
    high = Math.imul(high ^ code, 2654435761)
    low = Math.imul(low ^ code, 1597334677)
  }
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909)
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909)
  return hexadecimal(low) + hexadecimal(high)
}

function hexadecimal(value: number): string {
  return (value >>> 0).toString(16).padStart(8, '0')
}

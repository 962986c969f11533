import { isPlaceholderSign } from './template-text.ts'

/** What a sign is to a template. Anything else separates. */
export const word = 1
/** Part of a word that is not a plain one: of a number, an address, a path. */
export const special = 2
export const quote = 3
export const space = 4

/** Of the signs up to 127. */
const classes = new Uint8Array(128)
for (const sign of 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_-$')
  classes[sign.charCodeAt(0)] = word
for (const sign of '0123456789./\\:@%=+*?&~') classes[sign.charCodeAt(0)] = special
for (const sign of '"\'`') classes[sign.charCodeAt(0)] = quote
for (const sign of ' \t\r\n\f\v') classes[sign.charCodeAt(0)] = space

export function classOf(code: number): number {
  if (code < 128) return classes[code] ?? 0
  // No-break and thin spaces, as between the digits of a French number.
  if (code === 160 || (code >= 0x2000 && code <= 0x200b) || code === 0x202f) return space
  if (code === 171 || code === 187 || (code >= 0x2018 && code <= 0x201f) || code === 0x2039)
    return quote
  if (isPlaceholderSign(code)) return 0
  return (code >= 0x2010 && code <= 0x206f) || (code >= 0x20a0 && code <= 0x20cf) || code === 176
    ? 0
    : word
}

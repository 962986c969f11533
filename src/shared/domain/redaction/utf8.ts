/** The start of a text that is at most so many bytes as UTF-8; no character is cut in two. */
export function cutToBytes(text: string, cap: number): string {
  // A unit of UTF-16 is at most three bytes.
  if (text.length * 3 <= cap) return text
  let bytes = 0
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    const isPair = code >= 0xd800 && code < 0xdc00 && isLowSurrogate(text.charCodeAt(at + 1))
    bytes += isPair ? 4 : code < 0x80 ? 1 : code < 0x800 ? 2 : 3
    if (bytes > cap) return text.slice(0, at)
    if (isPair) at += 1
  }
  return text
}

function isLowSurrogate(code: number): boolean {
  return code >= 0xdc00 && code < 0xe000
}

const fold = (text: string) =>
  text
    .normalize('NFD')
    .replace(/\p{Diacritic}/gu, '')
    .toLowerCase()

/**
 * How well `words` answer what was typed, 0 when not at all: every part of the text must begin a word
 * (best) or at least occur. Case and accents do not count.
 */
export function score(words: string, text: string): number {
  const where = fold(words)
  const parts = fold(text)
    .split(/\s+/u)
    .filter((part) => part !== '')
  if (parts.length === 0) return 1
  let total = 0
  for (const part of parts) {
    const at = where.indexOf(part)
    if (at === -1) return 0
    const beginsWord = at === 0 || /[^\p{L}\p{N}]/u.test(where[at - 1] ?? '')
    total += at === 0 ? 4 : beginsWord || where.includes(` ${part}`) ? 3 : 1
  }
  return total / parts.length
}

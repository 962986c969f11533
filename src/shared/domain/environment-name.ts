/** The longest name of an environment. */
export const longestName = 60

/** Whether two names could be taken for one another: letter case, and how an accent is written, do not tell. */
export function isSameName(one: string, other: string): boolean {
  return plainName(one) === plainName(other)
}

/** What names are compared by. */
export const plainName = (name: string) => name.normalize('NFC').trim().toLowerCase()

/** The name itself, or with the first number that makes it one of its own; no longer than a name may be. */
export function freeName(name: string, taken: readonly string[]): string {
  const used = new Set(taken.map(plainName))
  if (!used.has(plainName(name)) && name.length <= longestName) return name
  let number = 2
  while (used.has(plainName(numbered(name, number)))) number += 1
  return numbered(name, number)
}

/** Cut to what a name may have, but not through a character. */
const numbered = (name: string, number: number) =>
  `${name.slice(0, longestName - 6).replace(/[\uD800-\uDBFF]$/, '')} (${String(number)})`

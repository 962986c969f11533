/** As many characters as the console asks of a passphrase, at least. */
export const leastPassphrase = 12

export type PassphraseProblem = 'passphraseShort' | 'passphraseDiffers'

/** What is wrong with a new passphrase that was typed twice, by field. */
export function passphraseProblems(
  first: string,
  second: string,
): { first: PassphraseProblem | null; second: PassphraseProblem | null } {
  if (first.length < leastPassphrase) return { first: 'passphraseShort', second: null }
  return { first: null, second: first === second ? null : 'passphraseDiffers' }
}

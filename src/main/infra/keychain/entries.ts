/** The keychain of the operating system as the console uses it: one text for each account. */
export interface KeychainEntries {
  /** Whether it answers at all; a keychain that is locked does. @throws KeychainProblem when not. */
  probe(): Promise<void>
  /** Null where there is none. @throws KeychainProblem. */
  get(account: string): Promise<string | null>
  /** @throws KeychainProblem. */
  set(account: string, text: string): Promise<void>
  /** Answers whether there was one. @throws KeychainProblem. */
  delete(account: string): Promise<boolean>
}

const longest = 200

/** Why the keychain cannot be used, in its own words: one line, made short, and fit to be shown. */
export class KeychainProblem extends Error {
  /** The way to the keychain broke off: it said nothing itself, and may be asked again at once. */
  readonly brokenOff: boolean

  constructor(text: string, { brokenOff = false } = {}) {
    const line = text.replaceAll(/[\p{Cc}\p{Cf}\s]+/gu, ' ').trim()
    super(line.length > longest ? `${line.slice(0, longest - 1)}…` : line)
    this.name = 'KeychainProblem'
    this.brokenOff = brokenOff
  }
}

import type { SecretStore } from '#core/environments/ports.ts'
import type { Keychain } from '#shared/contract/environments.ts'
import {
  secretSlots,
  type SecretChanges,
  type SecretKeeping,
  type Secrets,
} from '#shared/contract/profiles.ts'
import { ConsoleError } from '#shared/errors.ts'
import { KeychainProblem, type KeychainEntries } from './entries.ts'
import { Vault } from './vault.ts'

export interface KeychainSecretStoreOptions {
  entries: KeychainEntries
  /**
   * Whether an environment's secrets were left in the keychain by an earlier run, as its saved profile
   * says. Without this, memory alone could not be used where there is no keychain to ask.
   */
  keptBefore: (environment: string) => boolean
  /** Milliseconds of a clock. */
  now?: () => number
}

/**
 * How long a keychain that refused to be read is left alone, in milliseconds: links try again by themselves,
 * and each time it might put its prompt before whoever has just dismissed it.
 */
const leftAloneFor = 5 * 60_000

/**
 * Secrets in the operating system's keychain, or in this process' memory for the run. An environment
 * has all of its secrets in one of the two: keeping one elsewhere moves the others along.
 */
export class KeychainSecretStore implements SecretStore {
  readonly #entries: KeychainEntries
  readonly #vault: Vault
  readonly #keptBefore: (environment: string) => boolean
  readonly #memory = new Map<string, Secrets>()
  readonly #now: () => number
  /** What the keychain said when it last refused to be read, and until when that holds. */
  #refusal: { problem: KeychainProblem; until: number } | null = null
  /** What this run knows better than the saved profiles. */
  readonly #kept = new Map<string, boolean>()
  /** The last change of each environment, so that two of them do not mix. */
  readonly #changes = new Map<string, Promise<void>>()

  constructor({ entries, keptBefore, now = Date.now }: KeychainSecretStoreOptions) {
    this.#entries = entries
    this.#now = now
    this.#vault = new Vault(entries)
    this.#keptBefore = keptBefore
  }

  async keychain(): Promise<Keychain> {
    try {
      await this.#entries.probe()
      return { available: true, problem: null }
    } catch (error) {
      if (!(error instanceof KeychainProblem)) throw error
      return { available: false, problem: error.message }
    }
  }

  /** @throws ConsoleError KEYCHAIN_UNAVAILABLE where the secrets are kept there. */
  async read(environment: string): Promise<Secrets> {
    await this.#changes.get(environment)
    if (!this.#isKept(environment)) return { ...this.#memory.get(environment) }
    return available(() => this.#readKept(environment))
  }

  askAgain(): void {
    this.#refusal = null
  }

  async write(environment: string, changes: SecretChanges, keep: SecretKeeping): Promise<void> {
    await this.#oneByOne(environment, () =>
      keep === 'memory'
        ? this.#toMemory(environment, changes)
        : this.#toKeychain(environment, changes),
    )
  }

  async remove(environment: string): Promise<void> {
    await this.#oneByOne(environment, async () => {
      if (this.#isKept(environment)) await this.#vault.remove(environment)
      this.#memory.delete(environment)
      this.#kept.set(environment, false)
    })
  }

  async #readKept(environment: string): Promise<Secrets> {
    if (this.#refusal !== null && this.#now() < this.#refusal.until) throw this.#refusal.problem
    try {
      const secrets = await this.#vault.read(environment)
      this.#refusal = null
      return secrets
    } catch (error) {
      if (error instanceof KeychainProblem && !error.brokenOff) {
        this.#refusal = { problem: error, until: this.#now() + leftAloneFor }
      }
      throw error
    }
  }

  async #toMemory(environment: string, changes: SecretChanges): Promise<void> {
    const kept = this.#isKept(environment)
    const before = kept ? await this.#vault.read(environment) : this.#memory.get(environment)
    if (kept) await this.#vault.write(environment, nothing)
    this.#memory.set(environment, changed(before ?? {}, changes))
    this.#kept.set(environment, false)
  }

  async #toKeychain(environment: string, changes: SecretChanges): Promise<void> {
    if (this.#isKept(environment)) {
      this.#kept.set(environment, await this.#vault.write(environment, changes))
      return
    }
    const all = changed(this.#memory.get(environment) ?? {}, changes)
    if (Object.keys(all).length > 0) {
      await this.#vault.write(environment, all, { fresh: true })
      this.#kept.set(environment, true)
    }
    this.#memory.delete(environment)
  }

  #isKept(environment: string): boolean {
    return this.#kept.get(environment) ?? this.#keptBefore(environment)
  }

  async #oneByOne(environment: string, change: () => Promise<void>): Promise<void> {
    const before = this.#changes.get(environment) ?? Promise.resolve()
    const turn = before.then(() => available(change))
    const settled = turn.catch(() => {})
    this.#changes.set(environment, settled)
    try {
      await turn
      this.#refusal = null
    } finally {
      if (this.#changes.get(environment) === settled) this.#changes.delete(environment)
    }
  }
}

/** Without a cause: only the keychain's cleaned words are told. */
async function available<Result>(use: () => Promise<Result>): Promise<Result> {
  try {
    return await use()
  } catch (error) {
    if (!(error instanceof KeychainProblem)) throw error
    throw new ConsoleError('KEYCHAIN_UNAVAILABLE', { problem: error.message })
  }
}

const nothing: SecretChanges = Object.fromEntries(secretSlots.map((slot) => [slot, null]))

function changed(before: Secrets, changes: SecretChanges): Secrets {
  const after: Secrets = {}
  for (const slot of secretSlots) {
    const secret = changes[slot] === undefined ? before[slot] : changes[slot]
    if (typeof secret === 'string') after[slot] = secret
  }
  return after
}

import {
  secretSlots,
  type SecretChanges,
  type Secrets,
  type SecretSlot,
} from '#shared/contract/profiles.ts'
import { KeychainProblem, type KeychainEntries } from './entries.ts'
import { formatIndex, parseIndex, partsOf, type Place, type SecretIndex } from './secret-index.ts'

const sides = ['a', 'b'] as const

/**
 * The secrets of environments in a keychain, changed all at once or not at all, although a keychain
 * only knows single entries and may be gone after any of them: new secrets are written beside the old
 * ones, then the environment's index is replaced, which makes them true, then the old ones are removed.
 *
 * Each secret has entries of its own, since Windows has no room for all in one, and a private key takes
 * several even so.
 */
export class Vault {
  readonly #entries: KeychainEntries
  /** Environments of which something may be left that no index names. */
  readonly #untidy = new Set<string>()
  #last: Promise<unknown> = Promise.resolve()
  #failures = { count: 0, problem: new KeychainProblem('') }

  constructor(entries: KeychainEntries) {
    this.#entries = entries
  }

  /** A secret of which a part is missing is left out. */
  async read(environment: string): Promise<Secrets> {
    return this.#inTurn(async () => {
      const index = parseIndex(await this.#entries.get(environment))
      const secrets: Secrets = {}
      for (const [slot, place] of placesOf(index)) {
        const secret = await this.#secret(environment, slot, place)
        if (secret !== null) secrets[slot] = secret
      }
      return secrets
    })
  }

  /**
   * Sets, and with null removes. `fresh` takes what may be there for leftovers of another environment.
   * Answers whether any secret is there now.
   */
  async write(
    environment: string,
    changes: SecretChanges,
    { fresh = false }: { fresh?: boolean } = {},
  ): Promise<boolean> {
    const after = await this.#inTurn(async () => {
      const before = fresh ? {} : parseIndex(await this.#entries.get(environment))
      this.#untidy.add(environment)
      const index = await this.#writeParts(environment, before, changes)
      await (Object.keys(index).length === 0
        ? this.#entries.delete(environment)
        : this.#entries.set(environment, formatIndex(index)))
      return index
    })
    await this.#tidy()
    return Object.keys(after).length > 0
  }

  /** Removes all there is of an environment; after a failure it can be asked for again. */
  async remove(environment: string): Promise<void> {
    await this.#inTurn(async () => {
      await this.#entries.delete(environment)
      await this.#sweep(environment, {})
      this.#untidy.delete(environment)
    })
  }

  /** Answers the index that will make them true. */
  async #writeParts(
    environment: string,
    before: SecretIndex,
    changes: SecretChanges,
  ): Promise<SecretIndex> {
    const after = { ...before }
    for (const slot of secretSlots) {
      const secret = changes[slot]
      if (secret === null) delete after[slot]
      if (typeof secret !== 'string') continue
      const side = before[slot]?.side === 'a' ? 'b' : 'a'
      const parts = partsOf(secret)
      for (const [at, part] of parts.entries()) {
        await this.#entries.set(account(environment, slot, side, at), part)
      }
      after[slot] = { side, parts: parts.length }
    }
    return after
  }

  async #secret(environment: string, slot: SecretSlot, place: Place): Promise<string | null> {
    const parts: string[] = []
    for (let at = 0; at < place.parts; at += 1) {
      const part = await this.#entries.get(account(environment, slot, place.side, at))
      if (part === null) return null
      parts.push(part)
    }
    return parts.join('')
  }

  /** What this cannot remove now it removes after the next change. */
  async #tidy(): Promise<void> {
    for (const environment of this.#untidy) {
      try {
        await this.#inTurn(async () => {
          await this.#sweep(environment, parseIndex(await this.#entries.get(environment)))
          this.#untidy.delete(environment)
        })
      } catch (error) {
        if (error instanceof KeychainProblem) return
        throw error
      }
    }
  }

  /** Removes every part that the index does not name, last first: so none is left behind a gap. */
  async #sweep(environment: string, index: SecretIndex): Promise<void> {
    for (const slot of secretSlots) {
      for (const side of sides) {
        const place = index[slot]
        const named = place?.side === side ? place.parts : 0
        let end = named
        while ((await this.#entries.get(account(environment, slot, side, end))) !== null) end += 1
        while (end > named) {
          end -= 1
          await this.#entries.delete(account(environment, slot, side, end))
        }
      }
    }
  }

  /**
   * One after another, so that a locked keychain asks a person once and not once for each environment;
   * a no to the first is one to all that waited.
   */
  async #inTurn<Result>(task: () => Promise<Result>): Promise<Result> {
    const before = this.#failures.count
    const turn = this.#last.then(async () => {
      if (this.#failures.count > before) throw this.#failures.problem
      try {
        return await task()
      } catch (error) {
        if (error instanceof KeychainProblem) {
          this.#failures = { count: this.#failures.count + 1, problem: error }
        }
        throw error
      }
    })
    this.#last = turn.catch(() => {})
    return turn
  }
}

function account(environment: string, slot: SecretSlot, side: 'a' | 'b', part: number): string {
  return `${environment}/${slot}/${side}/${part + 1}`
}

function placesOf(index: SecretIndex): [SecretSlot, Place][] {
  return secretSlots.flatMap((slot) => {
    const place = index[slot]
    return place === undefined ? [] : [[slot, place]]
  })
}

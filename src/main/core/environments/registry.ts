import type { Profile, SecretKeeping, Secrets, SecretSlot } from '#shared/contract/profiles.ts'
import { ConsoleError } from '#shared/errors.ts'
import type { EnvironmentOpener, EnvironmentParts } from './ports.ts'

/** What is set up about an environment. */
export interface EnvironmentSetup {
  readonly id: string
  readonly profile: Profile
  /** False for one that the command line opened. */
  readonly saved: boolean
  readonly demo: boolean
  readonly secrets: readonly SecretSlot[]
  readonly secretsKept: SecretKeeping | null
}

/** An environment that is set up, with its link. */
export interface Entry extends EnvironmentSetup {
  readonly parts: EnvironmentParts
}

/** What a link may still ask for: nothing once its secrets are withheld. */
interface Held {
  withheld: boolean
  /** Its link is to be connected when it gets secrets again, or is opened anew. */
  reconnect: boolean
}

/** Who keeps something per environment, and so must know which there are. */
export interface RegistryFollower {
  /** Called for each that is there already, and for each that comes; also when one is opened anew. */
  opened(entry: Entry): void
  /** Before the link is closed; `opened` may follow for the same id. */
  closed(entry: Entry): void
}

/** Profile fields that a link is made of: a change of any other leaves it as it is. */
const linkFields = [
  'deployment',
  'username',
  'database',
  'prefixes',
  'tls',
  'ssh',
  'budget',
] as const satisfies (keyof Profile)[]

/**
 * Which environments there are, in order, each with its own link: those of the command line first, then
 * the saved ones. Knows nothing of files, locks or audit.
 */
export class EnvironmentRegistry {
  readonly #opener: EnvironmentOpener
  readonly #secretsOf: (environment: string) => Promise<Secrets>
  readonly #entries = new Map<string, Entry>()
  readonly #held = new WeakMap<EnvironmentParts, Held>()
  readonly #followers = new Set<RegistryFollower>()
  readonly #listeners = new Set<() => void>()

  constructor(parts: {
    opener: EnvironmentOpener
    /** Of a saved environment; asked at each connect. */
    secretsOf: (environment: string) => Promise<Secrets>
  }) {
    this.#opener = parts.opener
    this.#secretsOf = parts.secretsOf
  }

  all(): Entry[] {
    return [...this.#entries.values()]
  }

  has(environment: string): boolean {
    return this.#entries.has(environment)
  }

  /** @throws ConsoleError ENVIRONMENT_NOT_FOUND. */
  get(environment: string): Entry {
    const entry = this.#entries.get(environment)
    if (entry === undefined) throw new ConsoleError('ENVIRONMENT_NOT_FOUND', { environment })
    return entry
  }

  /** Tells of all that is there now, then of each change. */
  follow(follower: RegistryFollower): void {
    this.#followers.add(follower)
    for (const entry of this.#entries.values()) follower.opened(entry)
  }

  /** Calls back when one came, went, was changed or moved. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => {
      this.#listeners.delete(listener)
    }
  }

  /** Opens one that is not there yet, and connects it when its profile says so. */
  add(setup: EnvironmentSetup, secrets?: () => Promise<Secrets>): Entry {
    const entry = this.#open(setup, secrets)
    if (setup.profile.connectAtStart) entry.parts.link.connect()
    this.#changed()
    return entry
  }

  /**
   * Disconnects one whose secrets are about to be others. From here on its link gets none, whoever asks it
   * to connect: they are for the setup that `change` brings, which may lead elsewhere. What is called back
   * gives it secrets again, where nothing has changed after all, and connects it if it was.
   */
  async withhold(environment: string): Promise<() => void> {
    const { parts } = this.get(environment)
    const { link } = parts
    const held: Held = { withheld: true, reconnect: link.health().state !== 'offline' }
    this.#held.set(parts, held)
    await link.disconnect()
    return () => {
      held.withheld = false
      if (held.reconnect && this.#entries.get(environment)?.parts === parts) link.connect()
    }
  }

  /**
   * Puts another setup in the place of one. The link is opened anew only where it must be, and then
   * connected if the old one was: the answer tells.
   */
  async change(setup: EnvironmentSetup, options: { newSecrets: boolean }): Promise<boolean> {
    const before = this.get(setup.id)
    const reopened =
      options.newSecrets ||
      linkFields.some((field) => !isSame(before.profile[field], setup.profile[field]))
    if (!reopened) {
      this.#entries.set(setup.id, { ...setup, parts: before.parts })
      this.#changed()
      return false
    }
    const reconnect = this.#held.get(before.parts)?.reconnect ?? false
    const connected = reconnect || before.parts.link.health().state !== 'offline'
    this.#held.set(before.parts, { withheld: true, reconnect: false })
    for (const follower of this.#followers) follower.closed(before)
    // In its place at once: what happens while the old link closes is about the new one.
    const entry = this.#open(setup)
    this.#changed()
    await before.parts.link.close()
    if (connected && this.#entries.get(setup.id) === entry) entry.parts.link.connect()
    return true
  }

  async remove(environment: string): Promise<void> {
    const entry = this.get(environment)
    this.#entries.delete(environment)
    for (const follower of this.#followers) follower.closed(entry)
    await entry.parts.link.close()
    this.#changed()
  }

  /** Those left out keep their order, behind; those of the command line stay in front. */
  order(environments: readonly string[]): void {
    const rank = (entry: Entry) => {
      const at = environments.indexOf(entry.id)
      return entry.saved ? (at < 0 ? environments.length : at) : -1
    }
    const sorted = this.all().sort((one, other) => rank(one) - rank(other))
    this.#entries.clear()
    for (const entry of sorted) this.#entries.set(entry.id, entry)
    this.#changed()
  }

  async close(): Promise<void> {
    const entries = this.all()
    this.#listeners.clear()
    for (const entry of entries) {
      for (const follower of this.#followers) follower.closed(entry)
    }
    await Promise.all(entries.map(({ parts }) => parts.link.close()))
  }

  #open(setup: EnvironmentSetup, secrets?: () => Promise<Secrets>): Entry {
    const { id, profile } = setup
    const read = secrets ?? (() => this.#secretsOf(id))
    const parts: EnvironmentParts = this.#opener.open({
      environment: id,
      profile,
      secrets: async () => {
        const found = await read()
        // Looked at last: what was read meanwhile may be for another place.
        return this.#held.get(parts)?.withheld === true ? {} : found
      },
    })
    const entry = { ...setup, parts }
    this.#entries.set(id, entry)
    for (const follower of this.#followers) follower.opened(entry)
    return entry
  }

  #changed(): void {
    for (const listener of this.#listeners) listener()
  }
}

/** Profiles are plain data that came out of one schema, so their JSON has one form. */
const isSame = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other)

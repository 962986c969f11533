import type { Keychain } from '#shared/contract/environments.ts'
import type { TestStep } from '#shared/contract/connection-tests.ts'
import type { Cost, Health, Rights } from '#shared/contract/connections.ts'
import type {
  Profile,
  SecretChanges,
  SecretKeeping,
  Secrets,
  SecretSlot,
} from '#shared/contract/profiles.ts'
import type { JobReader } from '../jobs/ports.ts'
import type { MirrorSource } from '../mirror/ports.ts'
import type { QueueReader } from '../queues/ports.ts'

/** The connection to an environment, as far as core cares: is it there, and since when. */
export interface EnvironmentLink {
  /** Where it leads, without user or password. */
  readonly address: string
  health(): Health
  /** What the Redis user may do, as last probed: on each connect, after a change of role or a refusal, and each minute. */
  rights(): Rights
  /** What this console costs the environment now. */
  cost(): Cost
  /** Calls back at each change of health, rights and cost, until the returned function is called. */
  onHealth(listener: (health: Health) => void): () => void
  /** Opens the connections, and keeps at it. Where they are open, only the rights are asked for again. */
  connect(): void
  /** Ends them and stays `offline`; resolves when the sockets are gone. */
  disconnect(): Promise<void>
  /** The machine was asleep: what seems open may be dead, so it is asked at once. */
  wake(): void
  close(): Promise<void>
}

/** How to get to an environment. Secrets are asked for at each connect, and not kept. */
export interface LinkTarget {
  environment: string
  profile: Profile
  secrets: () => Promise<Secrets>
}

/** An environment's link and what reads through it. */
export interface EnvironmentParts {
  link: EnvironmentLink
  queueReader: QueueReader
  jobReader: JobReader
  mirrorSource: MirrorSource
  /** As of the target it was opened with. */
  secrets: LinkTarget['secrets']
}

/** Opens what core may not know. */
export interface EnvironmentOpener {
  /** Does not connect yet, and never throws because of Redis. */
  open(target: LinkTarget): EnvironmentParts
  /**
   * Walks the steps of a connection of its own and closes it. Every step is told when it begins and when
   * it has ended; never throws because of what is found, and ends early when the signal aborts.
   */
  test(target: LinkTarget, signal: AbortSignal): AsyncIterable<TestStep>
}

/** A profile as it is stored: which secrets there are, but not the secrets. */
export interface SavedProfile {
  id: string
  profile: Profile
  secrets: readonly SecretSlot[]
  secretsKept: SecretKeeping | null
}

/** The saved profiles, in the operator's order. */
export interface ProfileStore {
  list(): SavedProfile[]
  /** Replaces the one of the same id, else adds it at the end. */
  save(saved: SavedProfile): void
  /** With all that is remembered of it. */
  remove(id: string): void
  /** Those left out keep their order, behind. */
  order(ids: readonly string[]): void
}

/** Where secrets are. Nothing of it is ever written to a file of the console. */
export interface SecretStore {
  keychain(): Promise<Keychain>
  /**
   * Of one environment; those that are lost (a keychain emptied, memory gone) are left out. After a refusal
   * the keychain is left alone for some minutes, so that nobody is prompted again and again.
   * @throws ConsoleError KEYCHAIN_UNAVAILABLE.
   */
  read(environment: string): Promise<Secrets>
  /** A person wants something of it now, so it may prompt once more. */
  askAgain(): void
  /**
   * Sets, and with null removes. All of it or nothing.
   * @throws ConsoleError KEYCHAIN_UNAVAILABLE, also where one kept there must be removed.
   */
  write(environment: string, changes: SecretChanges, keep: SecretKeeping): Promise<void>
  /** Removes all of one environment, from memory too. @throws ConsoleError KEYCHAIN_UNAVAILABLE. */
  remove(environment: string): Promise<void>
}

import type { Cost, Health, Rights } from '../src/shared/contract/connections.ts'
import {
  defaultBudget,
  type Profile,
  type SecretKeeping,
  type Secrets,
} from '../src/shared/contract/profiles.ts'
import type {
  EnvironmentLink,
  EnvironmentOpener,
  LinkTarget,
  ProfileStore,
  SavedProfile,
  SecretStore,
} from '../src/main/core/environments/ports.ts'
import { EnvironmentRegistry } from '../src/main/core/environments/registry.ts'
import type { EnvironmentSetup } from '../src/main/core/environments/registry.ts'
import { profileFor } from './profiles.ts'

const unknownRight = { allowed: null, missing: [] }

export const unknownRights: Rights = {
  user: null,
  role: null,
  checkedAt: null,
  read: unknownRight,
  retry: unknownRight,
  remove: unknownRight,
}

export const noCost: Cost = {
  commandsPerSecond: 0,
  bytesPerSecond: 0,
  cpuShare: null,
  ceiling: defaultBudget,
  background: 'running',
  reason: null,
}

export function healthFor(overrides: Partial<Health> = {}): Health {
  return {
    environment: 'staging',
    state: 'ready',
    reason: null,
    since: 1,
    lastAnswerAt: 1,
    nextTryAt: null,
    latency: 1,
    redisVersion: '7.0.15',
    server: '127.0.0.1:6379',
    ...overrides,
  }
}

/** A link to nothing, for rules that only care whether one is opened, connected or closed. */
export class IdleLink implements EnvironmentLink {
  readonly address = 'redis://127.0.0.1:6379/0'
  readonly calls: string[] = []
  #state: Health['state'] = 'offline'
  readonly #listeners = new Set<(health: Health) => void>()

  health(): Health {
    return healthFor({ state: this.#state })
  }

  rights(): Rights {
    return unknownRights
  }

  cost(): Cost {
    return noCost
  }

  onHealth(listener: (health: Health) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  connect(): void {
    this.#move('connect', 'ready')
  }

  async disconnect(): Promise<void> {
    this.#move('disconnect', 'offline')
  }

  wake(): void {
    this.calls.push('wake')
  }

  async close(): Promise<void> {
    this.calls.push('close')
  }

  #move(call: string, state: Health['state']): void {
    this.calls.push(call)
    this.#state = state
    for (const listener of this.#listeners) listener(this.health())
  }
}

/** Opens idle links and notes each target. */
export function idleOpener(): EnvironmentOpener & { targets: LinkTarget[]; links: IdleLink[] } {
  const targets: LinkTarget[] = []
  const links: IdleLink[] = []
  const unused = {} as never
  return {
    targets,
    links,
    open(target) {
      const link = new IdleLink()
      targets.push(target)
      links.push(link)
      return {
        link,
        queueReader: unused,
        jobReader: unused,
        mirrorSource: unused,
        secrets: target.secrets,
      }
    },
    async *test(target) {
      targets.push(target)
      yield* []
    },
  }
}

/** Saved profiles in memory. */
export function memoryProfiles(): ProfileStore {
  let saved: SavedProfile[] = []
  return {
    list: () => [...saved],
    save(profile) {
      const at = saved.findIndex(({ id }) => id === profile.id)
      saved = at < 0 ? [...saved, profile] : saved.with(at, profile)
    },
    remove(id) {
      saved = saved.filter((profile) => profile.id !== id)
    },
    order(ids) {
      const rank = ({ id }: SavedProfile) => (ids.includes(id) ? ids.indexOf(id) : ids.length)
      saved = saved.toSorted((one, other) => rank(one) - rank(other))
    },
  }
}

/** Secrets in memory, as a keychain would keep them; `fail` makes every write and removal throw. */
export function memorySecrets(): SecretStore & {
  held: Map<string, Secrets>
  keptIn: Map<string, SecretKeeping>
  fail: Error | null
} {
  const held = new Map<string, Secrets>()
  const keptIn = new Map<string, SecretKeeping>()
  const store: ReturnType<typeof memorySecrets> = {
    held,
    keptIn,
    fail: null,
    keychain: async () => ({ available: true, problem: null }),
    read: async (environment) => ({ ...held.get(environment) }),
    askAgain: () => {},
    async write(environment, changes, keep) {
      if (store.fail !== null) throw store.fail
      const next: Secrets = { ...held.get(environment) }
      for (const [slot, value] of Object.entries(changes) as [keyof Secrets, string | null][]) {
        if (value === null) delete next[slot]
        else next[slot] = value
      }
      held.set(environment, next)
      keptIn.set(environment, keep)
    },
    async remove(environment) {
      if (store.fail !== null) throw store.fail
      held.delete(environment)
    },
  }
  return store
}

/** A registry over idle links with one environment for each profile given, ids by their names. */
export function registryOf(...profiles: Partial<Profile>[]) {
  const opener = idleOpener()
  const secrets = memorySecrets()
  const registry = new EnvironmentRegistry({ opener, secretsOf: (id) => secrets.read(id) })
  for (const overrides of profiles) registry.add(setupFor(overrides))
  return { registry, opener, secrets }
}

export function setupFor(overrides: Partial<Profile> = {}): EnvironmentSetup {
  const profile = profileFor(overrides)
  return {
    id: profile.name,
    profile,
    saved: true,
    demo: false,
    secrets: [],
    secretsKept: null,
  }
}

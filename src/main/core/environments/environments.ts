import type { Health } from '#shared/contract/connections.ts'
import type { Environment } from '#shared/contract/environments.ts'
import { ConsoleError } from '#shared/errors.ts'
import { LiveValue } from '../live-value.ts'
import type { EnvironmentService, Vitals } from '../services.ts'
import type { LockKeeper } from './locks.ts'
import type { EnvironmentLink, SecretStore } from './ports.ts'
import type { EnvironmentRegistry, Entry } from './registry.ts'

/** At most four updates a second for each subscriber. */
const updateGap = 250
/** How long `connect` waits for the first try to end. */
const firstTry = 5000

/** The environment of this id in a map of things kept per environment, else ENVIRONMENT_NOT_FOUND. */
export function ofEnvironment<Thing>(
  things: ReadonlyMap<string, Thing>,
  environment: string,
): Thing {
  const thing = things.get(environment)
  if (thing === undefined) throw new ConsoleError('ENVIRONMENT_NOT_FOUND', { environment })
  return thing
}

export class Environments implements EnvironmentService {
  readonly #registry: EnvironmentRegistry
  readonly #locks: LockKeeper
  readonly #secrets: Pick<SecretStore, 'askAgain'>
  readonly #queueCount: (environment: string) => number
  readonly #everything = new LiveValue<Environment[]>()
  readonly #stops = new Map<string, () => void>()

  constructor(parts: {
    registry: EnvironmentRegistry
    locks: LockKeeper
    secrets: Pick<SecretStore, 'askAgain'>
    /** Queues known there, without asking Redis. */
    queueCount: (environment: string) => number
  }) {
    this.#registry = parts.registry
    this.#locks = parts.locks
    this.#secrets = parts.secrets
    this.#queueCount = parts.queueCount
    const changed = () => this.#everything.push(this.list())
    this.#registry.follow({
      opened: ({ id, parts: { link } }) => this.#stops.set(id, link.onHealth(changed)),
      closed: ({ id }) => {
        this.#stops.get(id)?.()
        this.#stops.delete(id)
      },
    })
    this.#registry.onChange(changed)
    this.#locks.onChange(changed)
    changed()
  }

  list(): Environment[] {
    return this.#registry.all().map((entry) => this.#environment(entry))
  }

  get(environment: string): Environment {
    return this.#environment(this.#registry.get(environment))
  }

  watchAll(signal: AbortSignal): AsyncGenerator<Environment[], void, undefined> {
    return this.#everything.values(signal, updateGap)
  }

  vitals(environment: string): Vitals {
    return vitalsOf(this.#link(environment))
  }

  /** Ends when the environment is closed or opened anew: whoever still wants it asks again. */
  async *watch(environment: string, signal: AbortSignal): AsyncGenerator<Vitals, void, undefined> {
    const link = this.#link(environment)
    const live = new LiveValue<Vitals>()
    const ended = new AbortController()
    live.push(vitalsOf(link))
    const stop = link.onHealth(() => live.push(vitalsOf(link)))
    const stopFollowing = this.#registry.onChange(() => {
      const current = this.#registry.has(environment) ? this.#link(environment) : null
      if (current !== link) ended.abort()
    })
    try {
      yield* live.values(AbortSignal.any([signal, ended.signal]), updateGap)
    } finally {
      stop()
      stopFollowing()
    }
  }

  async connect(environment: string): Promise<Health> {
    const link = this.#link(environment)
    this.#secrets.askAgain()
    link.connect()
    await firstWord(link)
    return link.health()
  }

  async disconnect(environment: string): Promise<Health> {
    const link = this.#link(environment)
    await link.disconnect()
    return link.health()
  }

  sleeps(): void {
    this.#locks.lockAll('sleep')
  }

  woke(): void {
    this.sleeps()
    for (const { parts } of this.#registry.all()) parts.link.wake()
  }

  #link(environment: string): EnvironmentLink {
    return this.#registry.get(environment).parts.link
  }

  #environment({ id, profile, saved, demo, parts }: Entry): Environment {
    const { name, kind, color, folder, tags, prefixes } = profile
    return {
      id,
      name,
      kind,
      color,
      folder,
      tags,
      address: parts.link.address,
      prefixes,
      saved,
      demo,
      lock: this.#locks.stateOf(id),
      health: parts.link.health(),
      queues: this.#queueCount(id),
    }
  }
}

function vitalsOf(link: EnvironmentLink): Vitals {
  return { health: link.health(), rights: link.rights(), cost: link.cost() }
}

/** Resolves when a link that was asked to connect has something to say, at most after some seconds. */
async function firstWord(link: EnvironmentLink): Promise<void> {
  const waiting = () => ['connecting', 'offline'].includes(link.health().state)
  if (!waiting()) return
  await new Promise<void>((resolve) => {
    const settle = () => {
      if (waiting()) return
      clearTimeout(timer)
      stop()
      resolve()
    }
    const stop = link.onHealth(settle)
    const timer = setTimeout(() => {
      stop()
      resolve()
    }, firstTry)
  })
}

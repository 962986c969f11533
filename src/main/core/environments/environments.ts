import type { Environment, Health } from '#shared/contract/environments.ts'
import { ConsoleError } from '#shared/errors.ts'
import { LiveValue } from '../live-value.ts'
import type { EnvironmentService } from '../services.ts'
import type { EnvironmentLink } from './ports.ts'

/** What is configured about an environment; where it leads and how it fares is the link's to say. */
export type EnvironmentDefinition = Omit<Environment, 'address' | 'health'>

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
  readonly #entries: ReadonlyMap<
    string,
    { definition: EnvironmentDefinition; link: EnvironmentLink }
  >

  constructor(entries: readonly { definition: EnvironmentDefinition; link: EnvironmentLink }[]) {
    this.#entries = new Map(entries.map((entry) => [entry.definition.id, entry]))
  }

  list(): Environment[] {
    return [...this.#entries.keys()].map((id) => this.get(id))
  }

  get(environment: string): Environment {
    const { definition, link } = ofEnvironment(this.#entries, environment)
    return { ...definition, address: link.address, health: link.health() }
  }

  /** Health now, then at each change and each PING. */
  async *watch(environment: string, signal: AbortSignal): AsyncGenerator<Health, void, undefined> {
    const { link } = ofEnvironment(this.#entries, environment)
    const live = new LiveValue<Health>()
    live.push(link.health())
    const stop = link.onHealth((health) => live.push(health))
    try {
      yield* live.values(signal, 250)
    } finally {
      stop()
    }
  }
}

import type { Health } from '#shared/contract/environments.ts'

/** The connection to an environment, as far as core cares: is it there, and since when. */
export interface EnvironmentLink {
  /** Where it leads, without user or password. */
  readonly address: string
  health(): Health
  /** Calls back at each change of health and each PING until the returned function is called. */
  onHealth(listener: (health: Health) => void): () => void
}

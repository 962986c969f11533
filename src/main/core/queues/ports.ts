/** Queues seen before, so that a start shows them before any scan. Kept per environment. */
export interface KnownQueues {
  list(environment: string): string[]
  /** Adds names; those already there stay as they are. */
  remember(environment: string, queues: readonly string[]): void
  forget(environment: string, queues: readonly string[]): void
}

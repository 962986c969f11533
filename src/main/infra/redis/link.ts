import type { Redis } from 'ioredis'
import type { EnvironmentLink } from '#core/environments/ports.ts'
import type { PipelineCommand } from './send-commands.ts'

/** Whether a person waits for an answer, or it may come when it costs nobody anything. */
export type Urgency = 'interactive' | 'background'

/** A link with what `infra/bullmq` sends through it: one server, or a cluster that looks like one. */
export interface RedisLink extends EnvironmentLink {
  readonly environment: string
  /** True where keys live in slots, so that one transaction needs them all in one. */
  readonly clustered: boolean
  /** From INFO; null when Redis will not tell. */
  role(): 'primary' | 'replica' | null
  /**
   * Sends commands in one round trip (one for each master of a cluster). A reply is an Error where
   * Redis refused that one command; when the connection failed the whole call throws
   * ENVIRONMENT_UNREACHABLE. Background work waits for its part of the budget first.
   *
   * In a cluster `dbsize` is the sum over the masters, `client list` that of all nodes, and `scan` goes
   * over all masters with cursors of its own, of which `0` is the first and the last as usual.
   */
  pipeline(commands: readonly PipelineCommand[], urgency?: Urgency): Promise<unknown[]>
  /** Runs reads on the connection that serves `key`; failures as of `pipeline`. */
  run<Result>(key: string, read: (redis: Redis) => Promise<Result>): Promise<Result>
  /**
   * The connection for changes to the slot of `key`: separate, so that a slow change never delays a
   * reading. Resolves when it is ready, else throws ENVIRONMENT_UNREACHABLE. Nothing sent on it is ever
   * sent twice.
   */
  mutations(key: string): Promise<Redis>
  /** Maps a failure of Redis to the catalogue; anything else comes back unchanged. */
  consoleError(error: unknown): unknown
}

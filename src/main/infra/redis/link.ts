import type { Redis } from 'ioredis'
import type { EnvironmentLink } from '#core/environments/ports.ts'
import type { Urgency } from '#core/queues/ports.ts'
import type { Rights } from '#shared/contract/connections.ts'
import type { PackedReplies } from './packed-replies.ts'
import type { PipelineCommand } from './send-commands.ts'

export type { Urgency }

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
  /**
   * As `pipeline` in the background, for many small replies: over a connection of its own, whose replies take
   * a third of the work to read. One call at a time is sent.
   */
  bulk(commands: readonly PipelineCommand[]): Promise<unknown[]>
  /**
   * The same command on many keys, with the same arguments after, as `bulk`, for replies that are arrays of texts
   * and are handed over unread. Null where keys lie on several servers: then `bulk` is to be asked.
   */
  packed(
    name: string,
    keys: readonly string[],
    rest: readonly string[],
  ): Promise<PackedReplies | null>
  /**
   * Resolves when such work may begin, so that what it sends is made then and not before it waits. Takes
   * nothing of the budget yet; throws as `pipeline` does.
   */
  room(urgency: Urgency): Promise<void>
  /** Runs reads on the connection that serves `key`; failures as of `pipeline`. */
  run<Result>(key: string, read: (redis: Redis) => Promise<Result>): Promise<Result>
  /**
   * The connection for changes to the slot of `key`: separate, so that a slow change never delays a
   * reading. Resolves when it is ready, else throws ENVIRONMENT_UNREACHABLE. Nothing sent on it is ever
   * sent twice.
   */
  mutations(key: string): Promise<Redis>
  /**
   * A new connection to the server of `key` for reads that wait there until something happens, for the caller
   * to end; it ends with the link, and when the server is left. Silence on it says nothing of the server:
   * the caller bounds its own waiting. Throws ENVIRONMENT_UNREACHABLE.
   */
  blocking(key: string): Promise<Redis>
  /** Maps a failure of Redis to the catalogue; anything else comes back unchanged. */
  consoleError(error: unknown): unknown
}

/** What is known of the server whose rights are asked for. */
export interface RightsContext {
  /** Key prefixes of the queues. */
  prefixes: readonly string[]
  role: 'primary' | 'replica' | null
  /** One more connection as the same user to the same server, for the caller to close. */
  another: () => Promise<Redis>
}

/**
 * Finds out what the Redis user may do. Asked after each connect and change of role, on the connection
 * readings go over at the same time: nothing but whole answers may be asked there, no MULTI.
 */
export type ProbeRights = (redis: Redis, context: RightsContext) => Promise<Rights>

const unknown = { allowed: null, missing: [] }

/** Before the first probe. */
export const unknownRights: Rights = {
  user: null,
  role: null,
  checkedAt: null,
  read: unknown,
  retry: unknown,
  remove: unknown,
}

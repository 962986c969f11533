import type { LinkTarget } from '#core/environments/ports.ts'
import { RedisConnection, type ConnectionOptions } from './connection.ts'
import type { RedisLink } from './link.ts'

/** The link a profile asks for. Does not connect yet, and never throws because of Redis. */
export function openLink(target: LinkTarget, options: ConnectionOptions = {}): RedisLink {
  return new RedisConnection(target, options)
}

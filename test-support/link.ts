import type { LinkTarget } from '../src/main/core/environments/ports.ts'
import type { ConnectionOptions } from '../src/main/infra/redis/connection.ts'
import type { RedisLink } from '../src/main/infra/redis/link.ts'
import { openLink } from '../src/main/infra/redis/open-link.ts'
import type { Profile, Secrets } from '../src/shared/contract/profiles.ts'
import { parseRedisUrl } from '../src/shared/domain/redis-url.ts'
import { profileFor, tlsFor } from './profiles.ts'

export interface LinkOverrides {
  environment?: string
  profile?: Partial<Profile>
  /** A function is asked at each connect. */
  secrets?: Secrets | (() => Secrets | Promise<Secrets>)
  options?: ConnectionOptions
}

/** Where a Redis URL leads, as a development environment. */
export function targetOf(url: string, overrides: Omit<LinkOverrides, 'options'> = {}): LinkTarget {
  const parsed = parseRedisUrl(url)
  if (typeof parsed === 'string') throw new TypeError(`no Redis URL: ${parsed}`)
  const { deployment, username, password, database, tls } = parsed
  const given = overrides.secrets ?? {}
  return {
    environment: overrides.environment ?? 'staging',
    profile: profileFor({
      deployment,
      username,
      database,
      tls: tls ? tlsFor() : null,
      ...overrides.profile,
    }),
    async secrets() {
      const ofUrl = password === null ? {} : { password }
      return { ...ofUrl, ...(typeof given === 'function' ? await given() : given) }
    },
  }
}

/** The console's own link to a Redis, connecting; for the caller to close. */
export function linkTo(url: string, { options, ...overrides }: LinkOverrides = {}): RedisLink {
  const link = openLink(targetOf(url, overrides), options)
  link.connect()
  return link
}

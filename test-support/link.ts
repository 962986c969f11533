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
  secrets?: Secrets
  options?: ConnectionOptions
}

/** Where a Redis URL leads, as a development environment. */
export function targetOf(url: string, overrides: Omit<LinkOverrides, 'options'> = {}): LinkTarget {
  const parsed = parseRedisUrl(url)
  if (typeof parsed === 'string') throw new TypeError(`no Redis URL: ${parsed}`)
  const { deployment, username, password, database, tls } = parsed
  const secrets = { ...(password === null ? {} : { password }), ...overrides.secrets }
  return {
    environment: overrides.environment ?? 'staging',
    profile: profileFor({
      deployment,
      username,
      database,
      tls: tls ? tlsFor() : null,
      ...overrides.profile,
    }),
    secrets: () => Promise.resolve(secrets),
  }
}

/** The console's own link to a Redis, connecting; for the caller to close. */
export function linkTo(url: string, { options, ...overrides }: LinkOverrides = {}): RedisLink {
  const link = openLink(targetOf(url, overrides), options)
  link.connect()
  return link
}

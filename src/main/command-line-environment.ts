import type { EnvironmentSetup } from '#core/environments/registry.ts'
import {
  defaultBudget,
  defaultColorOf,
  secretSlots,
  type EnvironmentKind,
  type Secrets,
} from '#shared/contract/profiles.ts'
import { parseRedisUrl } from '#shared/domain/redis-url.ts'

/** An environment as the command line, or a caller that embeds the console, names it. */
export interface EnvironmentOptions {
  id: string
  name: string
  kind: EnvironmentKind
  /** With user and password, so never logged, audited or sent to the renderer. */
  url: string
  prefix: string
  readOnly: boolean
  demo: boolean
}

/**
 * The setup of an environment that is not saved, with its secrets, which only memory holds.
 *
 * @throws TypeError (without the URL) when `url` is not a Redis URL.
 */
export function commandLineEnvironment(options: EnvironmentOptions): {
  setup: EnvironmentSetup
  secrets: () => Promise<Secrets>
} {
  const { id, name, kind, prefix, readOnly, demo } = options
  const url = parseRedisUrl(options.url)
  if (typeof url === 'string') throw new TypeError('Not a valid Redis URL')
  const secrets: Secrets = url.password === null ? {} : { password: url.password }
  return {
    setup: {
      id,
      saved: false,
      demo,
      secrets: secretSlots.filter((slot) => secrets[slot] !== undefined),
      secretsKept: url.password === null ? null : 'memory',
      profile: {
        name,
        kind,
        color: defaultColorOf[kind],
        folder: null,
        tags: [],
        deployment: url.deployment,
        username: url.username,
        database: url.database,
        prefixes: [prefix],
        tls: url.tls ? { ca: null, certificate: null, serverName: null, acceptAny: null } : null,
        ssh: null,
        access: readOnly ? 'view-only' : 'full',
        locked: kind === 'production',
        connectAtStart: true,
        budget: defaultBudget,
      },
    },
    secrets: () => Promise.resolve(secrets),
  }
}

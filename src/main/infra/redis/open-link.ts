import type { LinkTarget } from '#core/environments/ports.ts'
import { SshTunnel } from '../ssh/ssh-tunnel.ts'
import { askingAsConnecting } from './ask-secrets.ts'
import { EnvironmentBudget } from './budget/budget.ts'
import { openCluster } from './cluster/open-cluster.ts'
import { RedisConnection, type ConnectionOptions } from './connection.ts'
import type { RedisLink } from './link.ts'

/**
 * The link a profile asks for, within the profile's budget. Does not connect yet, and never throws because
 * of Redis.
 */
export function openLink(given: LinkTarget, options: ConnectionOptions = {}): RedisLink {
  const target = askingAsConnecting(given)
  const { environment, profile, secrets } = target
  const { ssh } = profile
  const allowance = new EnvironmentBudget({ environment, limits: profile.budget })
  const openTunnel = ssh === null ? undefined : () => new SshTunnel({ settings: ssh, secrets })
  const parts = { openTunnel, ...options, allowance: options.allowance ?? allowance }
  return profile.deployment.type === 'cluster'
    ? openCluster(target, profile.deployment.nodes, parts)
    : new RedisConnection(target, parts)
}

import { ConnectError } from './connect-error.ts'
import { closeRedis, openRedis, type OpenOptions } from './open-redis.ts'
import { parseServerInfo } from './server-info.ts'

/**
 * Whether a server says that it is a primary. False as well when it cannot be reached; true when it is
 * there and does not tell: to the link, which comes next, it says best what it does not like.
 */
export async function saysPrimary(options: OpenOptions): Promise<boolean> {
  try {
    const redis = await openRedis(options)
    try {
      const [role, info] = await Promise.allSettled([redis.role(), redis.info('replication')])
      // A user may have the right to one of them only.
      if (role.status === 'fulfilled') return role.value[0] === 'master'
      return info.status === 'rejected' || parseServerInfo(info.value).role !== 'replica'
    } finally {
      await closeRedis(redis)
    }
  } catch (error) {
    const unreachable = ['resolve', 'tcp', 'ssh']
    const broken = ['closed', 'timeout', 'unknown']
    return !(
      error instanceof ConnectError &&
      (unreachable.includes(error.step) || broken.includes(error.reason))
    )
  }
}

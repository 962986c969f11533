import type { EnvironmentOpener, EnvironmentParts, LinkTarget } from '#core/environments/ports.ts'
import { ofEnvironment } from '#core/environments/environments.ts'
import { BullmqJobReader } from '#infra/bullmq/jobs/job-reader.ts'
import { RedisMirrorSource } from '#infra/bullmq/mirror/mirror-source.ts'
import { RedisQueueReader } from '#infra/bullmq/queue-reader.ts'
import { testConnection } from '#infra/connection-test/test-connection.ts'
import type { RedisLink } from '#infra/redis/link.ts'
import { openLink } from '#infra/redis/open-link.ts'
import { probeRights } from '#infra/redis/rights.ts'

/** Where changes of an environment go. */
interface MutationTarget {
  connection: RedisLink
  prefixes: readonly string[]
}

/** Opens environments on Redis, and knows where the writer finds the newest link of each. */
export class RedisOpener implements EnvironmentOpener {
  readonly #targets = new Map<string, MutationTarget>()

  open(target: LinkTarget): EnvironmentParts {
    const { environment, profile, secrets } = target
    const { prefixes } = profile
    const connection = openLink(target, { probeRights })
    this.#targets.set(environment, { connection, prefixes })
    return {
      link: connection,
      queueReader: new RedisQueueReader(connection, prefixes),
      jobReader: new BullmqJobReader(connection, prefixes),
      mirrorSource: new RedisMirrorSource(connection, prefixes),
      secrets,
    }
  }

  /** Its link is closed. Another may be opened in its place. */
  forget(environment: string): void {
    this.#targets.delete(environment)
  }

  readonly test = testConnection

  /** @throws ConsoleError ENVIRONMENT_NOT_FOUND. */
  targetOf(environment: string): MutationTarget {
    return ofEnvironment(this.#targets, environment)
  }
}

import { mkdirSync } from 'node:fs'
import { hostname, userInfo } from 'node:os'
import { ActionDoor } from '#core/actions/action-door.ts'
import { AuditTrail } from '#core/audit/audit-trail.ts'
import { Environments, ofEnvironment } from '#core/environments/environments.ts'
import { Jobs } from '#core/jobs/jobs.ts'
import { Queues } from '#core/queues/queues.ts'
import type { Services } from '#core/services.ts'
import { StoredSettings } from '#core/settings/settings.ts'
import { BullmqJobReader } from '#infra/bullmq/jobs/job-reader.ts'
import { BullmqJobMutations } from '#infra/bullmq/mutations/job-mutations.ts'
import { RedisQueueReader } from '#infra/bullmq/queue-reader.ts'
import { fileProblem } from '#infra/file-problem.ts'
import { openLog } from '#infra/log/log.ts'
import { operatingSystemProcesses } from '#infra/process/processes.ts'
import { RedisConnection } from '#infra/redis/connection.ts'
import { SqliteAuditStore } from '#infra/sqlite/audit-store.ts'
import { SqliteKnownQueues } from '#infra/sqlite/known-queues.ts'
import { SqliteSettingsStore } from '#infra/sqlite/settings-store.ts'
import { StoreError } from '#infra/sqlite/store-error.ts'
import { openStore } from '#infra/sqlite/store.ts'

/** What the command line, or a caller that embeds the console, decides. */
export interface ConsoleOptions {
  entry: 'desktop' | 'web'
  version: string
  /** Folder for `vigie.db`; made when missing, for its owner alone. */
  dataDirectory: string
  /** The environment to open; null opens the window with none. */
  environment: EnvironmentOptions | null
}

export interface EnvironmentOptions {
  id: string
  name: string
  kind: 'development' | 'staging' | 'production'
  /** With user and password, so never logged, audited or sent to the renderer. */
  url: string
  prefix: string
  readOnly: boolean
  demo: boolean
}

export interface Console {
  services: Services
  /** Ends every connection, timer and file; resolves when the process may exit. */
  close(): Promise<void>
}

/**
 * Builds the console out of its parts, by hand: this is the one place that knows them all. An
 * unreachable Redis is no error here; the environment's health tells.
 *
 * @throws StoreError when `vigie.db` cannot be opened.
 */
export async function compose(options: ConsoleOptions): Promise<Console> {
  const { entry, version, dataDirectory } = options
  makeFolder(dataDirectory)
  const log = openLog({ directory: dataDirectory })
  try {
    const store = openStore({ directory: dataDirectory, log })
    const { database } = store
    const audit = new AuditTrail({
      store: new SqliteAuditStore(database),
      processes: operatingSystemProcesses(),
      log,
    })
    const interrupted = audit.recover()
    if (interrupted > 0) log.warn({ interrupted }, 'operations of an ended console were closed')

    const opened = (options.environment === null ? [] : [options.environment]).map(openEnvironment)
    const byId = new Map(opened.map((environment) => [environment.definition.id, environment]))
    const environments = new Environments(opened)
    const queues = new Queues({
      environments: byId,
      known: new SqliteKnownQueues(database, (environment) => [
        ofEnvironment(byId, environment).definition.prefix,
      ]),
      log,
    })
    const jobs = new Jobs({
      readers: new Map(opened.map(({ definition, jobReader }) => [definition.id, jobReader])),
      queuesOf: (environment) => queues.names(environment),
    })
    const actions = new ActionDoor({
      environments,
      mutations: new BullmqJobMutations({
        targetOf(environment) {
          const { link, definition } = ofEnvironment(byId, environment)
          return { connection: link, prefixes: [definition.prefix] }
        },
      }),
      audit,
      log,
    })
    const settings = new StoredSettings({ store: new SqliteSettingsStore(database), log })
    const operator = `${userInfo().username}@${hostname()}`
    log.info({ entry, version, environments: [...byId.keys()] }, 'console opened')

    return {
      services: {
        about: { version, entry, dataDirectory, operator },
        environments,
        queues,
        jobs,
        actions,
        audit,
        settings,
        log,
      },
      async close() {
        queues.close()
        await actions.close()
        await Promise.all(opened.map(({ link }) => link.close()))
        audit.close()
        await store.close()
        log.info({ entry }, 'console closed')
        await log.close()
      },
    }
  } catch (error) {
    await log.close()
    throw error
  }
}

function makeFolder(path: string): void {
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 })
  } catch (error) {
    throw new StoreError(
      'unavailable',
      `the data folder ${path} cannot be used: ${fileProblem(error)}; choose another with --data DIR`,
      { cause: error },
    )
  }
}

/** One environment's connection and what reads through it. */
function openEnvironment({ id, url, name, kind, prefix, readOnly, demo }: EnvironmentOptions) {
  const link = new RedisConnection({ environment: id, url })
  return {
    // Production stays read-only until it can be unlocked for a while.
    definition: { id, name, kind, prefix, demo, readOnly: readOnly || kind === 'production' },
    link,
    reader: new RedisQueueReader(link, [prefix]),
    jobReader: new BullmqJobReader(link, [prefix]),
  }
}

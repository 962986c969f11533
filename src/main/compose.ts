import { mkdirSync } from 'node:fs'
import { hostname, userInfo } from 'node:os'
import { ActionDoor } from '#core/actions/action-door.ts'
import { AuditTrail } from '#core/audit/audit-trail.ts'
import { Environments } from '#core/environments/environments.ts'
import { Locks } from '#core/environments/locks.ts'
import { Profiles } from '#core/environments/profiles.ts'
import { EnvironmentRegistry } from '#core/environments/registry.ts'
import { Transfers } from '#core/environments/transfers.ts'
import { Failures } from '#core/failures/failures.ts'
import { groupingOf } from '#core/failures/note-book.ts'
import { Jobs } from '#core/jobs/jobs.ts'
import { JobSearch } from '#core/mirror/job-search.ts'
import { Mirrors } from '#core/mirror/mirrors.ts'
import { MirrorSync } from '#core/mirror/sync/mirror-sync.ts'
import { Queues } from '#core/queues/queues.ts'
import type { Services } from '#core/services.ts'
import { StoredSettings } from '#core/settings/settings.ts'
import { Views } from '#core/views/views.ts'
import { BullmqJobMutations } from '#infra/bullmq/mutations/job-mutations.ts'
import { encodings } from '#infra/export/encodings.ts'
import { fileProblem } from '#infra/file-problem.ts'
import { HelperEntries } from '#infra/keychain/helper-entries.ts'
import type { HelperProcess } from '#infra/keychain/helper-process.ts'
import { KeychainSecretStore } from '#infra/keychain/secret-store.ts'
import { keychainService } from '#infra/keychain/service-name.ts'
import { openLog } from '#infra/log/log.ts'
import { operatingSystemProcesses } from '#infra/process/processes.ts'
import { SqliteAuditStore } from '#infra/sqlite/audit-store.ts'
import { SqliteFailureNotes } from '#infra/sqlite/failure-notes.ts'
import { SqliteKnownQueues } from '#infra/sqlite/known-queues.ts'
import { SqliteMirrorLocks } from '#infra/sqlite/mirror-lock.ts'
import { SqliteMirrorMemory } from '#infra/sqlite/mirror-memory-store.ts'
import { SqliteMirrorSettings } from '#infra/sqlite/mirror-settings-store.ts'
import { SqliteMirrorStore } from '#infra/sqlite/mirror/mirror-store.ts'
import { SqliteProfileStore } from '#infra/sqlite/profile-store.ts'
import { SqliteSettingsStore } from '#infra/sqlite/settings-store.ts'
import { StoreError } from '#infra/sqlite/store-error.ts'
import { openStore } from '#infra/sqlite/store.ts'
import { keepTemporaryFilesIn } from '#infra/sqlite/temporary-files.ts'
import { SqliteViews } from '#infra/sqlite/view-store.ts'
import { commandLineEnvironment, type EnvironmentOptions } from './command-line-environment.ts'
import { RedisOpener } from './opener.ts'

/** What the command line, or a caller that embeds the console, decides. */
export interface ConsoleOptions {
  entry: 'desktop' | 'web'
  version: string
  /** Folder for `vigie.db`; made when missing, for its owner alone. */
  dataDirectory: string
  /** Environments to open beside the saved ones; they are gone with the console. */
  environments: readonly EnvironmentOptions[]
  /** Starts the process that talks to the keychain: each entry has its own way. */
  startKeychain: () => HelperProcess
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
  keepTemporaryFilesIn(dataDirectory)
  const log = openLog({ directory: dataDirectory })
  /** What to close, the last one first, when something after it cannot be made. */
  const opened: (() => unknown)[] = [() => log.close()]
  try {
    const store = openStore({ directory: dataDirectory, log })
    opened.push(() => store.close())
    const { database } = store
    const audit = new AuditTrail({
      store: new SqliteAuditStore(database),
      processes: operatingSystemProcesses(),
      log,
    })
    opened.push(() => audit.close())
    const interrupted = audit.recover()
    if (interrupted > 0) log.warn({ interrupted }, 'operations of an ended console were closed')

    const keychain = new HelperEntries({
      start: options.startKeychain,
      service: keychainService(dataDirectory),
    })
    const secrets = new KeychainSecretStore({
      entries: keychain,
      keptBefore: (environment) =>
        registry.has(environment) && registry.get(environment).secretsKept === 'keychain',
    })
    const profileStore = new SqliteProfileStore(database, log)
    const opener = new RedisOpener()
    const registry = new EnvironmentRegistry({
      opener,
      secretsOf: (environment) => secrets.read(environment),
    })
    opened.push(
      () => registry.close(),
      () => keychain.close(),
    )
    registry.follow({ opened: () => {}, closed: ({ id }) => opener.forget(id) })
    const locks = new Locks({ registry, audit, log })
    const queues = new Queues({
      registry,
      known: new SqliteKnownQueues(
        database,
        (environment) => registry.get(environment).profile.prefixes,
      ),
      log,
    })
    const environments = new Environments({
      registry,
      locks,
      secrets,
      queueCount: (environment) => queues.names(environment).length,
    })
    const jobs = new Jobs({
      readerOf: (environment) => registry.get(environment).parts.jobReader,
      queuesOf: (environment) => queues.names(environment),
    })
    const actions = new ActionDoor({
      environments,
      mutations: new BullmqJobMutations({
        targetOf: (environment) => opener.targetOf(environment),
      }),
      audit,
      log,
    })
    const profileParts = { registry, environments, store: profileStore, secrets, opener, audit }
    const notes = new SqliteFailureNotes(database)
    const mirrorStore = new SqliteMirrorStore({ directory: dataDirectory })
    const mirrors = new Mirrors({
      registry,
      store: mirrorStore,
      locks: new SqliteMirrorLocks(dataDirectory),
      memory: new SqliteMirrorMemory(database),
      settings: new SqliteMirrorSettings(database, log),
      grouping: (environment) => groupingOf(notes.all(environment)),
      queues: (environment) => queues.names(environment),
      queuesKnown: (environment) => queues.areKnown(environment),
      readerOf: (environment) => registry.get(environment).parts.jobReader,
      startSync: (parts) => new MirrorSync(parts),
      log,
    })
    opened.push(() => mirrors.close())
    const { reader } = mirrorStore
    const failures = new Failures({ mirrors, reader, notes })
    const jobSearch = new JobSearch({
      mirrors,
      reader,
      mergedOf: (environment) => failures.mergedOf(environment),
      encodings,
    })
    const settings = new StoredSettings({ store: new SqliteSettingsStore(database), log })
    const operator = `${userInfo().username}@${hostname()}`

    for (const given of options.environments) {
      const { setup, secrets: ofCommandLine } = commandLineEnvironment(given)
      registry.add(setup, ofCommandLine)
    }
    for (const saved of profileStore.list()) registry.add({ ...saved, saved: true, demo: false })
    log.info({ entry, version, environments: registry.all().map(({ id }) => id) }, 'console opened')

    return {
      services: {
        about: { version, entry, dataDirectory, operator },
        environments,
        profiles: new Profiles(profileParts),
        transfers: new Transfers(profileParts),
        locks,
        queues,
        jobs,
        mirror: mirrors,
        jobSearch,
        failures,
        views: new Views({ store: new SqliteViews(database, log) }),
        actions,
        audit,
        settings,
        log,
      },
      async close() {
        queues.close()
        locks.close()
        await actions.close()
        await mirrors.close()
        // First, since a connection may wait for a secret, and that for a person.
        keychain.close()
        await registry.close()
        audit.close()
        await store.close()
        log.info({ entry }, 'console closed')
        await log.close()
      },
    }
  } catch (error) {
    for (const close of opened.toReversed()) await close()
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

import type { Coverage } from '#shared/contract/job-search.ts'
import type { MirrorQueue, MirrorSettings, MirrorStatus } from '#shared/contract/mirror.ts'
import { ConsoleError } from '#shared/errors.ts'
import { ofEnvironment } from '../environments/environments.ts'
import type { EnvironmentRegistry, Entry } from '../environments/registry.ts'
import { LiveValue, pause } from '../live-value.ts'
import type { JobReader } from '../jobs/ports.ts'
import type { MirrorService } from '../services.ts'
import { checkSettings } from './check-settings.ts'
import { MirrorKeeper, type KeeperParts } from './mirror-keeper.ts'
import { coverageOf } from './mirror-status.ts'
import { MirrorError } from './ports.ts'
import { previewOf } from './preview.ts'
import { mirrorUnavailable } from './unavailable.ts'

/** How often watchers are told: how old a mirror is shows in seconds. */
const statusPace = 500
const updateGap = 250

interface Watched {
  live: LiveValue<MirrorStatus>
  watchers: number
}

export interface MirrorsParts extends KeeperParts {
  registry: EnvironmentRegistry
  readerOf: (environment: string) => JobReader
}

/** The mirrors of all environments that come and go, each kept by itself. */
export class Mirrors implements MirrorService {
  readonly #parts: MirrorsParts
  readonly #keepers = new Map<string, MirrorKeeper>()
  readonly #watched = new Map<string, Watched>()
  /** For the run: a mirror whose environment is opened anew stays paused. */
  readonly #paused = new Set<string>()
  readonly #closing = new Map<string, Promise<void>>()

  constructor(parts: MirrorsParts) {
    this.#parts = parts
    parts.registry.follow({
      opened: (entry) => this.#opened(entry),
      closed: (entry) => this.#closed(entry),
    })
  }

  async status(environment: string): Promise<MirrorStatus & { queues: MirrorQueue[] }> {
    const keeper = this.#keeper(environment)
    const status = await keeper.refresh()
    return { ...status, queues: await keeper.queues() }
  }

  /** Ends when the environment is closed or opened anew: whoever still wants it asks again. */
  async *watch(
    environment: string,
    signal: AbortSignal,
  ): AsyncGenerator<MirrorStatus, void, undefined> {
    const keeper = this.#keeper(environment)
    const watched = this.#watched.get(environment) ?? this.#begin(keeper)
    watched.watchers += 1
    try {
      yield* watched.live.values(signal, updateGap)
    } finally {
      watched.watchers -= 1
      // Whoever comes next is not told what was true once.
      if (watched.watchers === 0 && this.#watched.get(environment) === watched) {
        this.#watched.delete(environment)
      }
    }
  }

  async rebuild(environment: string, queue?: string): Promise<MirrorStatus> {
    const keeper = this.#keeper(environment)
    if (queue !== undefined && !this.#parts.queues(environment).includes(queue)) {
      throw new ConsoleError('QUEUE_NOT_FOUND', { queue })
    }
    await keeper.rebuild(queue)
    return this.#changed(keeper)
  }

  async pause(environment: string): Promise<MirrorStatus> {
    const keeper = this.#keeper(environment)
    keeper.pause(true)
    this.#paused.add(environment)
    return this.#changed(keeper)
  }

  async resume(environment: string): Promise<MirrorStatus> {
    const keeper = this.#keeper(environment)
    keeper.pause(false)
    this.#paused.delete(environment)
    return this.#changed(keeper)
  }

  settings(environment: string): MirrorSettings {
    this.#keeper(environment)
    return this.#parts.settings.get(environment)
  }

  async configure(environment: string, change: Partial<MirrorSettings>): Promise<MirrorSettings> {
    const keeper = this.#keeper(environment)
    const given = Object.entries(change).filter(([, value]) => value !== undefined)
    const settings = { ...this.#parts.settings.get(environment), ...Object.fromEntries(given) }
    checkSettings(settings)
    this.#parts.settings.set(environment, settings)
    await keeper.changed('settings')
    return settings
  }

  async preview(
    address: { environment: string; queue: string; job?: string | undefined },
    settings: Pick<MirrorSettings, 'mapping' | 'payloadBytes' | 'redaction'>,
  ) {
    checkSettings(settings)
    return previewOf(this.#parts.readerOf(address.environment), address, settings)
  }

  /**
   * Reads a mirror with what the answer covers: at least that, since it is looked at before.
   *
   * @throws ConsoleError MIRROR_UNAVAILABLE.
   */
  async reading<Result>(
    environment: string,
    read: (coverage: Coverage) => Promise<Result>,
  ): Promise<Result> {
    const keeper = this.#keeper(environment)
    await keeper.readable()
    try {
      return await read(coverageOf(keeper.status(), this.#parts.settings.get(environment)))
    } catch (error) {
      if (!(error instanceof MirrorError)) throw error
      // Missing may be a file that is just built anew; what is damaged stays so.
      if (error.problem === 'damaged') keeper.found(error)
      throw mirrorUnavailable(environment, error.problem, error)
    }
  }

  /** How failures are told apart was changed. */
  regroup(environment: string): Promise<void> {
    return this.#keeper(environment).changed('grouping')
  }

  async close(): Promise<void> {
    for (const keeper of this.#keepers.values()) this.#end(keeper, keeper.demo)
    await Promise.all(this.#closing.values())
    await this.#parts.store.close()
  }

  #keeper(environment: string): MirrorKeeper {
    return ofEnvironment(this.#keepers, environment)
  }

  #opened(entry: Entry): void {
    const { id } = entry
    const keeper = new MirrorKeeper(entry, this.#parts, {
      paused: this.#paused.has(id),
      after: this.#closing.get(id) ?? Promise.resolve(),
    })
    this.#keepers.set(id, keeper)
  }

  #closed(entry: Entry): void {
    const keeper = this.#keepers.get(entry.id)
    if (keeper !== undefined) this.#end(keeper, !this.#parts.registry.has(entry.id) || entry.demo)
  }

  /** The file of an environment that is no more goes with it; so does the demo's, whose Redis ends too. */
  #end(keeper: MirrorKeeper, remove: boolean): void {
    const { environment } = keeper
    this.#keepers.delete(environment)
    this.#watched.get(environment)?.live.end()
    this.#watched.delete(environment)
    const closing = keeper
      .close({ forget: remove })
      .then(() => (remove ? this.#parts.store.remove(environment) : undefined))
      .catch((error: unknown) =>
        this.#parts.log.error({ err: error, environment }, 'a mirror could not be closed'),
      )
      .finally(() => {
        if (this.#closing.get(environment) === closing) this.#closing.delete(environment)
      })
    this.#closing.set(environment, closing)
  }

  #begin(keeper: MirrorKeeper): Watched {
    const watched: Watched = { live: new LiveValue(), watchers: 0 }
    this.#watched.set(keeper.environment, watched)
    void this.#tell(keeper, watched)
    return watched
  }

  /** Tells watchers as long as there are some. */
  async #tell(keeper: MirrorKeeper, watched: Watched): Promise<void> {
    const { environment } = keeper
    const never = new AbortController().signal
    let told = ''
    while (this.#watched.get(environment) === watched) {
      try {
        const status = await keeper.refresh()
        const text = JSON.stringify(status)
        if (text !== told) watched.live.push(status)
        told = text
      } catch (error) {
        if (this.#watched.get(environment) === watched) this.#watched.delete(environment)
        watched.live.fail(error)
      }
      await pause(statusPace, never)
    }
  }

  async #changed(keeper: MirrorKeeper): Promise<MirrorStatus> {
    const status = await keeper.refresh()
    this.#watched.get(keeper.environment)?.live.push(status)
    return status
  }
}

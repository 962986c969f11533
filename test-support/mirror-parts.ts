import type { Coverage } from '../src/shared/contract/job-search.ts'
import { defaultMirrorSettings, type MirrorSettings } from '../src/shared/contract/mirror.ts'
import type {
  FailureFigures,
  Grouping,
  MirrorCounts,
  MirrorLocks,
  MirrorMemory,
  MirrorMemoryStore,
  MirrorReader,
  MirrorSettingsStore,
  MirrorStore,
  MirrorWriter,
} from '../src/main/core/mirror/ports.ts'
import type { SyncFigures, SyncParts } from '../src/main/core/mirror/syncing.ts'

export const countsFor = (overrides: Partial<MirrorCounts> = {}): MirrorCounts => ({
  rows: 0,
  gone: 0,
  undetailed: 0,
  unindexed: 0,
  tooLong: 0,
  bytes: 4096,
  version: 1,
  ...overrides,
})

/** Mirror files that only know whether they are there; what is called on them is noted, and may fail. */
export class FakeMirrorStore implements MirrorStore {
  readonly calls: string[] = []
  readonly files = new Set<string>()
  readonly failures = new Map<string, Error>()
  counts = countsFor()
  readonly reader = {} as MirrorReader

  exists(environment: string): boolean {
    return this.files.has(environment)
  }

  async remove(environment: string): Promise<void> {
    await this.#call(`remove ${environment}`)
    this.files.delete(environment)
  }

  async close(): Promise<void> {
    await this.#call('close')
  }

  writer(environment: string, prefix?: string): MirrorWriter {
    const call = async (name: string) => {
      await this.#call(name)
      this.files.add(environment)
      return this.counts
    }
    const writer: Partial<MirrorWriter> = {
      open: (settings: MirrorSettings, grouping: Grouping) =>
        call(`open ${prefix} ${settings.payloadText} ${grouping.split.join()}`),
      rebuild: () => call('rebuild'),
      counts: () => call('counts'),
      census: async () => new Map(),
      reread: (queue) => call(`reread ${queue}`),
      configure: ({ payloadText }) => call(`configure ${payloadText}`),
      regroup: async ({ split }) => {
        await call(`regroup ${split.join()}`)
      },
      close: () => this.#call('close writer'),
    }
    return writer as MirrorWriter
  }

  /** Those that change something, in order. */
  get changes(): string[] {
    return this.calls.filter((call) => call !== 'counts')
  }

  async #call(name: string): Promise<void> {
    this.calls.push(name)
    const failure = this.failures.get(name.split(' ')[0] ?? name)
    if (failure !== undefined) throw failure
  }
}

/** A synchronisation whose figures a test decides. */
export class FakeSync {
  readonly calls: string[] = []
  readonly parts: SyncParts
  current: SyncFigures = {
    state: 'following',
    syncedAt: 1000,
    behind: 0,
    backfill: null,
    details: null,
    gaps: 0,
    unread: null,
    counts: null,
    queues: [],
  }

  constructor(parts: SyncParts) {
    this.parts = parts
  }

  /** Before there is a connection it knows of nothing. */
  figures = (): SyncFigures =>
    this.parts.link.health().state === 'ready'
      ? this.current
      : { ...this.current, state: 'starting', backfill: null }
  pause = (): void => void this.calls.push('pause')
  resume = (): void => void this.calls.push('resume')
  reconfigured = (): void => void this.calls.push('reconfigured')
  rebuildQueue = async (queue: string): Promise<void> => void this.calls.push(`rebuild ${queue}`)
  close = async (): Promise<void> => void this.calls.push('close')
}

export const syncedQueue = (queue: string): SyncFigures['queues'][number] => ({
  queue,
  follow: 'stream',
  backfill: null,
  behind: 0,
  gaps: 0,
  lastGapAt: null,
  drift: null,
  checkedAt: null,
  streamLength: null,
})

/** Locks that a test can hold for another console. */
export function fakeLocks(): MirrorLocks & { held: Set<string> } {
  const held = new Set<string>()
  return {
    held,
    take(environment) {
      if (held.has(environment)) return null
      held.add(environment)
      return () => held.delete(environment)
    },
  }
}

export function memoryMirrorSettings(): MirrorSettingsStore {
  const settings = new Map<string, MirrorSettings>()
  return {
    get: (environment) => settings.get(environment) ?? defaultMirrorSettings,
    set: (environment, changed) => void settings.set(environment, changed),
  }
}

export function mirrorMemory(): MirrorMemoryStore & { kept: Map<string, MirrorMemory> } {
  const kept = new Map<string, MirrorMemory>()
  return {
    kept,
    get: (environment) => kept.get(environment) ?? null,
    set: (environment, memory) => void kept.set(environment, memory),
  }
}

export const coverageFor = (overrides: Partial<Coverage> = {}): Coverage => ({
  state: 'following',
  asOf: 1000,
  behind: 0,
  backfilled: 1,
  detailed: 1,
  tooLong: 0,
  payloadText: 'off',
  ...overrides,
})

/** A mirror that can always be read. */
export const readableMirrors = {
  reading: <Result>(_environment: string, read: (coverage: Coverage) => Promise<Result>) =>
    read(coverageFor()),
  regroup: async () => {},
}

export function figuresFor(overrides: Partial<FailureFigures> = {}): FailureFigures {
  return {
    id: 'a1',
    errorClass: 'TypeError',
    message: 'x is not a function',
    frame: 'send (src/mail.ts)',
    splitFrom: null,
    count: 1,
    failedNow: 1,
    queues: [{ queue: 'mail', name: 'send', count: 1 }],
    places: 1,
    firstSeenAt: 0,
    lastSeenAt: 0,
    previousAt: null,
    trend: [0, 1],
    users: null,
    ...overrides,
  }
}

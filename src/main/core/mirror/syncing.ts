import type { MirrorQueue, MirrorSettings, MirrorStatus } from '#shared/contract/mirror.ts'
import type { EnvironmentLink } from '../environments/ports.ts'
import type { Log } from '../services.ts'
import type { MirrorCounts, MirrorSource, MirrorWriter } from './ports.ts'

/** How far the synchronisation of one environment is. */
export interface SyncFigures extends Pick<
  MirrorStatus,
  'syncedAt' | 'behind' | 'backfill' | 'details' | 'gaps' | 'unread'
> {
  state: 'starting' | 'backfilling' | 'following'
  /** The newest that any write gave. */
  counts: MirrorCounts | null
  queues: readonly Omit<MirrorQueue, 'rows' | 'gone' | 'counts'>[]
}

/** Keeps a mirror in step with Redis while its link is ready. */
export interface Sync {
  /** Cheap. */
  figures(): SyncFigures
  pause(): void
  resume(): void
  /** Details are to be read anew, since the writer was configured otherwise. */
  reconfigured(): void
  rebuildQueue(queue: string): Promise<void>
  /** Ends it; the writer stays open. */
  close(): Promise<void>
}

export interface SyncParts {
  source: MirrorSource
  /** Already open. */
  writer: MirrorWriter
  /** Names of all known queues, as they are now. */
  queues: () => readonly string[]
  link: Pick<EnvironmentLink, 'health' | 'onHealth' | 'cost'>
  settings: () => MirrorSettings
  log: Log
  /** The mirror cannot be written; the synchronisation has stopped. Called once. */
  failed: (error: unknown) => void
}

export type StartSync = (parts: SyncParts) => Sync

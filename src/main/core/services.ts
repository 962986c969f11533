import type { About } from '#shared/contract/about.ts'
import type { AuditPage } from '#shared/contract/audit.ts'
import type { Environment, Health } from '#shared/contract/environments.ts'
import type {
  JobAction,
  JobDetail,
  JobPage,
  JobPreview,
  JobRow,
  JobValue,
  LogPage,
  jobFields,
} from '#shared/contract/jobs.ts'
import type { Discovery, Queue, QueueList, StateCounts } from '#shared/contract/queues.ts'
import type { Settings } from '#shared/contract/settings.ts'
import type { JobState } from '#shared/domain/job-state.ts'

/*
 * What the api room may ask of the core, one interface per capability. Every method throws
 * ConsoleError for expected failures; an iterable ends when its signal aborts.
 */

export interface EnvironmentService {
  list(): Environment[]
  get(environment: string): Environment
  watch(environment: string, signal: AbortSignal): AsyncIterable<Health>
}

export interface QueueService {
  list(environment: string): Promise<QueueList>
  watch(
    environment: string,
    visible: readonly string[],
    signal: AbortSignal,
  ): AsyncIterable<QueueList>
  add(environment: string, queue: string): Promise<Queue>
  rescan(environment: string): Promise<Discovery>
}

export interface JobAddress {
  environment: string
  queue: string
  job: string
}

export interface JobListQuery {
  environment: string
  queue: string
  state: JobState
  limit: number
  cursor?: string | undefined
}

export interface JobListUpdate {
  page: JobPage
  rows: JobRow[]
  gone: string[]
  counts: StateCounts
  paused: boolean
}

export interface JobService {
  list(query: JobListQuery): Promise<JobPage>
  watch(
    query: Omit<JobListQuery, 'cursor'> & { also: readonly string[] },
    signal: AbortSignal,
  ): AsyncIterable<JobListUpdate>
  find(environment: string, id: string): Promise<(JobRow & { queue: string })[]>
  get(address: JobAddress): Promise<JobDetail>
  value(address: JobAddress, field: (typeof jobFields)[number]): Promise<JobValue>
  raw(address: JobAddress): Promise<{ key: string; fields: (JobValue & { name: string })[] }>
  logs(address: JobAddress, range: { start: number; limit: number }): Promise<LogPage>
  followLogs(address: JobAddress, start: number, signal: AbortSignal): AsyncIterable<LogPage>
}

/** Who acts, and by which entry: recorded in the audit. */
export interface Actor {
  operator: string
  via: 'desktop' | 'web' | 'http'
}

export interface JobActionRequest extends JobAddress {
  expectedState?: JobState | undefined
  reason?: string | undefined
}

export interface JobActionOutcome {
  job: string
  state: JobState | 'removed' | 'unknown'
  audit: { intent: number; outcome: number | null }
}

/** The one door: nothing else changes Redis. */
export interface ActionService {
  preview(address: JobAddress, action: JobAction): Promise<JobPreview>
  retry(
    actor: Actor,
    request: JobActionRequest & { resetAttempts: boolean },
  ): Promise<JobActionOutcome>
  remove(actor: Actor, request: JobActionRequest): Promise<JobActionOutcome>
}

export interface AuditQuery {
  environment: string
  limit: number
  cursor?: string | undefined
  queue?: string | undefined
  job?: string | undefined
}

export interface AuditService {
  list(query: AuditQuery): AuditPage
  verify(): Promise<{
    intact: boolean
    entries: number
    brokenAt: number | null
    verifiedAt: number
  }>
}

export interface SettingsService {
  get(): Settings
  update(change: Partial<Settings>): Settings
  watch(signal: AbortSignal): AsyncIterable<Settings>
}

/** Structured log; fields are redacted by the implementation, never by the caller. */
export interface Log {
  debug(fields: object, message: string): void
  info(fields: object, message: string): void
  warn(fields: object, message: string): void
  error(fields: object, message: string): void
}

export interface Services {
  about: About
  environments: EnvironmentService
  queues: QueueService
  jobs: JobService
  actions: ActionService
  audit: AuditService
  settings: SettingsService
  log: Log
}

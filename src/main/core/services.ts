import type { About } from '#shared/contract/about.ts'
import type { AuditPage } from '#shared/contract/audit.ts'
import type { TestStep } from '#shared/contract/connection-tests.ts'
import type { Cost, Health, Lock, Rights } from '#shared/contract/connections.ts'
import type {
  Environment,
  EnvironmentDetail,
  Keychain,
  Transfer,
} from '#shared/contract/environments.ts'
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
import type {
  FailureGroup,
  FailureGroupDetail,
  FailureList,
  FailureStatus,
  FailureWindow,
  failureSorts,
} from '#shared/contract/failures.ts'
import type {
  ExportColumn,
  ExportFormat,
  ExportPart,
  FacetField,
  Facets,
  SearchPage,
} from '#shared/contract/job-search.ts'
import type {
  Extracted,
  MirrorQueue,
  MirrorSettings,
  MirrorStatus,
} from '#shared/contract/mirror.ts'
import type { View } from '#shared/contract/views.ts'
import type { Profile, SecretChanges, SecretKeeping } from '#shared/contract/profiles.ts'
import type { Settings } from '#shared/contract/settings.ts'
import type { JobState } from '#shared/domain/job-state.ts'

/*
 * What the api room may ask of the core, one interface per capability. Every method throws
 * ConsoleError for expected failures; an iterable ends when its signal aborts.
 */

/** What is true of a connection now. */
export interface Vitals {
  health: Health
  rights: Rights
  cost: Cost
}

/** All environments, and their connections: each stays connected, whichever one is looked at. */
export interface EnvironmentService {
  list(): Environment[]
  get(environment: string): Environment
  watchAll(signal: AbortSignal): AsyncIterable<Environment[]>
  vitals(environment: string): Vitals
  watch(environment: string, signal: AbortSignal): AsyncIterable<Vitals>
  /** Resolves once the first try has ended, at most after some seconds. */
  connect(environment: string): Promise<Health>
  disconnect(environment: string): Promise<Health>
  /** The machine is about to sleep: everything locks. */
  sleeps(): void
  /** It slept: everything locks again, and every connection is asked whether it lives. */
  woke(): void
}

export interface NewProfile {
  profile: Profile
  secrets: SecretChanges
  keepSecrets: SecretKeeping
  /** Takes over the secrets of an environment that leads to the same place. */
  secretsOf?: string | undefined
  /** Name of the locked environment to the same queues, where this one is not locked. */
  confirmation?: string | undefined
}

export interface ProfileChange {
  profile: Partial<Profile>
  secrets: SecretChanges
  /** Moves those that are kept, too; without it they stay where they are. */
  keepSecrets?: SecretKeeping | undefined
  confirmation?: string | undefined
}

export interface ProfileRemoval {
  confirmation?: string | undefined
  /** Leaves the secrets in the keychain, which may be away for good. */
  leaveSecrets?: boolean | undefined
}

/** What is set up about environments. Every change is on record in the audit. */
export interface ProfileService {
  detail(environment: string): EnvironmentDetail
  create(actor: Actor, given: NewProfile): Promise<EnvironmentDetail>
  update(actor: Actor, environment: string, change: ProfileChange): Promise<EnvironmentDetail>
  remove(actor: Actor, environment: string, how: ProfileRemoval): Promise<void>
  order(environments: readonly string[]): string[]
  keychain(): Promise<Keychain>
  test(environment: string, signal: AbortSignal): AsyncIterable<TestStep>
  testProfile(
    given: { profile: Profile; secrets: SecretChanges; environment?: string | undefined },
    signal: AbortSignal,
  ): AsyncIterable<TestStep>
}

/** Profiles as a file, to hand on or to keep. */
export interface TransferService {
  export(
    actor: Actor,
    options: { environments?: readonly string[] | undefined; passphrase?: string | undefined },
  ): Promise<Transfer>
  import(
    actor: Actor,
    given: {
      document: string
      passphrase?: string | undefined
      withoutSecrets: boolean
      keepSecrets: SecretKeeping
    },
  ): Promise<{ environments: Environment[]; secrets: number }>
}

export interface Unlocking {
  /** The environment's name, as typed. */
  name: string
  reason: string
  minutes: number
}

/** The locks on environments. Kept in memory alone: a console that starts is locked. */
export interface LockService {
  /** @throws ConsoleError CONFIRMATION_NEEDED, ENVIRONMENT_READ_ONLY (view only), AUDIT_UNAVAILABLE. */
  unlock(actor: Actor, environment: string, unlocking: Unlocking): Lock
  lock(actor: Actor, environment: string): Lock
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

/** The local copy of each environment's jobs: how far it is, and what it keeps. */
export interface MirrorService {
  status(environment: string): Promise<MirrorStatus & { queues: MirrorQueue[] }>
  watch(environment: string, signal: AbortSignal): AsyncIterable<MirrorStatus>
  rebuild(environment: string, queue?: string): Promise<MirrorStatus>
  pause(environment: string): Promise<MirrorStatus>
  resume(environment: string): Promise<MirrorStatus>
  settings(environment: string): MirrorSettings
  /** @throws ConsoleError MIRROR_SETTINGS_INVALID. */
  configure(environment: string, change: Partial<MirrorSettings>): Promise<MirrorSettings>
  preview(
    address: { environment: string; queue: string; job?: string | undefined },
    settings: Pick<MirrorSettings, 'mapping' | 'payloadBytes' | 'redaction'>,
  ): Promise<{ job: string; extracted: Extracted; payload: string; redacted: number }>
}

export interface JobFilter {
  environment: string
  filter: string
  zone?: string | undefined
}

/** Jobs by what they are, over all queues, from the mirror. All throw FILTER_INVALID, MIRROR_UNAVAILABLE. */
export interface JobSearchService {
  search(
    query: JobFilter & {
      sort: string
      limit: number
      cursor?: string | undefined
      offset?: number | undefined
      count: 'exact' | 'none'
    },
    signal?: AbortSignal,
  ): Promise<SearchPage>
  facets(
    query: JobFilter & { fields: readonly FacetField[]; limit: number },
    signal?: AbortSignal,
  ): Promise<Facets>
  export(query: ExportQuery, signal: AbortSignal): AsyncIterable<ExportPart>
}

export interface ExportQuery extends JobFilter {
  sort: string
  format: ExportFormat
  columns: readonly ExportColumn[]
}

export interface FailureQuery {
  environment: string
  window: FailureWindow
  filter: string
  status: FailureStatus | 'all'
  sort: (typeof failureSorts)[number]
  limit: number
  /** Groups to skip. */
  offset: number
}

export interface FailureChange {
  name?: string | null | undefined
  status?: FailureStatus | undefined
  note?: string | null | undefined
  runbook?: string | null | undefined
  split?: boolean | undefined
}

/** Failed jobs by what went wrong. What operators note of a group is kept in vigie.db. */
export interface FailureService {
  list(query: FailureQuery, signal?: AbortSignal): Promise<FailureList>
  get(
    environment: string,
    group: string,
    window: FailureWindow,
    signal?: AbortSignal,
  ): Promise<FailureGroupDetail>
  update(
    actor: Actor,
    environment: string,
    group: string,
    change: FailureChange,
  ): Promise<FailureGroup>
  merge(
    actor: Actor,
    environment: string,
    group: string,
    groups: readonly string[],
  ): Promise<FailureGroup>
  unmerge(
    actor: Actor,
    environment: string,
    group: string,
    groups: readonly string[],
  ): Promise<FailureGroup>
}

/** Saved views, in vigie.db. */
export interface ViewService {
  list(): View[]
  create(view: Omit<View, 'id'>): View
  update(view: string, change: Partial<Omit<View, 'id' | 'environment'>>): View
  remove(view: string): void
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
  profiles: ProfileService
  transfers: TransferService
  locks: LockService
  queues: QueueService
  jobs: JobService
  mirror: MirrorService
  jobSearch: JobSearchService
  failures: FailureService
  views: ViewService
  actions: ActionService
  audit: AuditService
  settings: SettingsService
  log: Log
}

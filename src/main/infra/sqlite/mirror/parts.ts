import type { Database } from 'better-sqlite3'
import type { MirrorSettings } from '#shared/contract/mirror.ts'
import { type CompiledMapping, compileMapping } from '#shared/domain/extraction/extract-fields.ts'
import { compileRedaction, type RedactionPatterns } from '#shared/domain/redaction/patterns.ts'
import { FailureGroups } from './failure-groups.ts'
import { JobTable } from './job-table.ts'
import { Keys } from './keys.ts'
import { QueueTable } from './queues.ts'
import { Rollups } from './rollups.ts'
import { Tally } from './tally.ts'
import { TextIndex } from './text-index.ts'
import { Ungrouped } from './ungrouped.ts'
import { Words } from './words.ts'

/** What the settings come to when a job is written. */
export interface Rules {
  keepsGone: boolean
  mapping: CompiledMapping
  payloadText: MirrorSettings['payloadText']
  payloadBytes: number
  redaction: RedactionPatterns
  /** Whether there is anything to read of a job after its index. */
  wantsDetails(failed: boolean): boolean
}

/** Carries work out in one transaction. */
export type Change = <Answer>(work: () => Answer) => Answer

/** What an open file is written by. */
export interface Parts {
  database: Database
  /** The first key prefix of the environment. */
  prefix: string
  words: Words
  groups: FailureGroups
  rollups: Rollups
  ungrouped: Ungrouped
  queues: QueueTable
  tally: Tally
  text: TextIndex
  keys: Keys
  jobs: JobTable
  rules: Rules
}

export function partsOf(
  database: Database,
  prefix: string,
  settings: MirrorSettings,
  spill: number,
): Parts {
  const groups = new FailureGroups(database)
  const rollups = new Rollups(database, groups)
  const tally = new Tally()
  tally.load(database)
  return {
    database,
    prefix,
    words: new Words(database),
    groups,
    rollups,
    ungrouped: new Ungrouped(database, groups, rollups),
    queues: new QueueTable(database),
    tally,
    text: new TextIndex(database, tally),
    keys: new Keys(database, spill),
    jobs: new JobTable(database),
    rules: rulesOf(settings),
  }
}

export function rulesOf(settings: MirrorSettings): Rules {
  const extracts = Object.values(settings.mapping).some((paths) => paths.length > 0)
  return {
    keepsGone: settings.retentionDays > 0,
    mapping: compileMapping(settings.mapping),
    payloadText: settings.payloadText,
    payloadBytes: settings.payloadBytes,
    redaction: compileRedaction(settings.redaction),
    wantsDetails: (failed) => failed || extracts || settings.payloadText === 'all',
  }
}

/** After a transaction that failed: what is in memory is as the file is again. */
export function recover(parts: Parts): void {
  parts.words.forget()
  parts.groups.forget()
  parts.rollups.forget()
  parts.ungrouped.forget()
  parts.keys.forget()
  parts.text.forget()
  parts.queues.load()
  parts.tally.load(parts.database)
}

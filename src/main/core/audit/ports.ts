import type { AuditEntry } from '#shared/contract/audit.ts'

/** An entry as it is stored: `details` is its canonical JSON text. */
export type StoredEntry = Omit<AuditEntry, 'details'> & { details: string }

export interface AuditHead {
  sequence: number
  hash: string
}

export interface AuditFilter {
  environment: string
  queue?: string | undefined
  job?: string | undefined
}

/** The durable chain. Every method throws when the file cannot be read or written. */
export interface AuditStore {
  /**
   * Hands the newest link to `seal` and stores what it returns, in one exclusive transaction: two
   * processes never continue the same link. Durable when it returns.
   */
  append(seal: (head: AuditHead) => StoredEntry): void
  /** The newest link, kept in a place of its own; null when that is gone. */
  head(): AuditHead | null
  /** Entries after a sequence number, oldest first. */
  after(sequence: number, limit: number): StoredEntry[]
  /** Intents and refusals before a sequence number, newest first, each with its newest outcome. */
  page(
    filter: AuditFilter,
    before: number,
    limit: number,
  ): { entry: StoredEntry; outcome: StoredEntry | null }[]
  /** How many intents and refusals match. */
  count(filter: AuditFilter): number
  /** Intents that have no outcome. */
  openIntents(): StoredEntry[]
}

/** Which process wrote an intent: enough to tell later whether it still lives. */
export interface ProcessMark {
  pid: number
  /** When the operating system started it, in its own unit; null where it does not tell. */
  started: string | null
  host: string
}

export interface Processes {
  current: ProcessMark
  /** Whether that very process still runs; null when nobody can tell. */
  isAlive(mark: ProcessMark): boolean | null
}

import { randomUUID } from 'node:crypto'
import type { AuditEntry, AuditPage } from '#shared/contract/audit.ts'
import { ConsoleError, isConsoleError } from '#shared/errors.ts'
import type { Actor, AuditQuery, AuditService, Log } from '../services.ts'
import { pack, seal, unpack, type AuditContent } from './chain.ts'
import type { AuditStore, Processes, StoredEntry } from './ports.ts'
import { closeInterrupted } from './recovery.ts'
import { verifyChain } from './verify.ts'

/** Who wants what done to what. */
export interface AuditSubject {
  actor: Actor
  environment: string
  /** Procedure of the contract, such as `jobs.retry`. */
  action: string
  queue: string | null
  job: string | null
  reason: string | null
}

type Details = Record<string, unknown>

/** What the door for actions needs of the audit. */
export interface AuditRecorder {
  /** Durable when it returns. @throws ConsoleError AUDIT_UNAVAILABLE. */
  intent(subject: AuditSubject, details: Details): AuditEntry
  /** Null when it cannot be written now: it is then kept and written before the next entry. */
  outcome(intent: AuditEntry, result: string, details: Details): AuditEntry | null
  /** Null when it cannot be written. */
  refusal(subject: AuditSubject, result: string, details: Details): AuditEntry | null
}

export interface AuditTrailParts {
  store: AuditStore
  processes: Processes
  log: Log
}

/** The tamper-evident record of actions: written by the door, read by the Audit page. */
export class AuditTrail implements AuditService, AuditRecorder {
  readonly #store: AuditStore
  readonly #processes: Processes
  readonly #log: Log
  /** Outcomes that could not be written when they were known. */
  #owed: AuditContent[] = []

  constructor({ store, processes, log }: AuditTrailParts) {
    this.#store = store
    this.#processes = processes
    this.#log = log
  }

  intent(subject: AuditSubject, details: Details): AuditEntry {
    return this.#write({
      ...contentOf(subject),
      kind: 'intent',
      operation: randomUUID(),
      result: null,
      details: { ...details, process: this.#processes.current },
    })
  }

  outcome(intent: AuditEntry, result: string, details: Details): AuditEntry | null {
    const content = outcomeOf(intent, result, details)
    try {
      return this.#write(content)
    } catch (error) {
      this.#owed.push(content)
      this.#log.error(
        { err: error, operation: intent.operation, result },
        'an outcome is kept in memory until the audit can be written',
      )
      return null
    }
  }

  refusal(subject: AuditSubject, result: string, details: Details): AuditEntry | null {
    const content = { ...contentOf(subject), kind: 'refusal' as const, operation: randomUUID() }
    try {
      return this.#write({ ...content, result, details })
    } catch (error) {
      this.#log.error({ err: error, result }, 'a refusal could not be written to the audit')
      return null
    }
  }

  list(query: AuditQuery): AuditPage {
    const before = query.cursor === undefined ? Number.MAX_SAFE_INTEGER : sequenceOf(query.cursor)
    return this.#reading(() => {
      const rows = this.#store.page(query, before, query.limit + 1)
      const shown = rows.slice(0, query.limit)
      const last = shown.at(-1)
      return {
        items: shown.map(({ entry, outcome }) => ({
          ...readable(entry),
          outcome: outcome && readable(outcome),
        })),
        cursor: rows.length > shown.length && last ? String(last.entry.sequence) : null,
        total: this.#store.count(query),
      }
    })
  }

  async verify() {
    try {
      const verification = await verifyChain(this.#store)
      if (!verification.intact) this.#log.error({ ...verification }, 'the audit chain is broken')
      return { ...verification, verifiedAt: Date.now() }
    } catch (error) {
      throw new ConsoleError('AUDIT_UNAVAILABLE', {}, { cause: error })
    }
  }

  /**
   * Gives every intent whose process ended before its outcome the outcome INTERRUPTED: nobody knows
   * whether Redis did it. To be called once at start.
   * @returns how many were closed.
   */
  recover(): number {
    try {
      const open = this.#store.openIntents().map(readable)
      return closeInterrupted(open, this.#processes, (intent) =>
        this.outcome(intent, 'INTERRUPTED', { closedBy: this.#processes.current }),
      )
    } catch (error) {
      this.#log.error({ err: error }, 'interrupted operations could not be looked for')
      return 0
    }
  }

  /** Tries once more to write the outcomes still owed. */
  close(): void {
    try {
      this.#payOwed()
    } catch (error) {
      this.#log.error({ err: error, outcomes: this.#owed.length }, 'outcomes were never written')
    }
  }

  #write(content: AuditContent): AuditEntry {
    try {
      this.#payOwed()
      return this.#append(content)
    } catch (error) {
      throw new ConsoleError('AUDIT_UNAVAILABLE', {}, { cause: error })
    }
  }

  #payOwed(): void {
    for (let next = this.#owed[0]; next !== undefined; next = this.#owed[0]) {
      this.#append(next)
      this.#owed.shift()
    }
  }

  #append(content: AuditContent): AuditEntry {
    let written: AuditEntry | undefined
    this.#store.append((head) => {
      written = seal(head, content)
      return pack(written)
    })
    if (written === undefined) throw new Error('the store did not ask for an entry')
    return written
  }

  #reading<Result>(read: () => Result): Result {
    try {
      return read()
    } catch (error) {
      if (isConsoleError(error)) throw error
      throw new ConsoleError('AUDIT_UNAVAILABLE', {}, { cause: error })
    }
  }
}

function contentOf({ actor, ...subject }: AuditSubject) {
  return { ...subject, operator: actor.operator, via: actor.via, at: Date.now() }
}

function outcomeOf(intent: AuditEntry, result: string, details: Details): AuditContent {
  const { operation, operator, via, environment, action, queue, job, reason } = intent
  const subject = { operation, operator, via, environment, action, queue, job, reason }
  return { ...subject, at: Date.now(), kind: 'outcome', result, details }
}

/** An entry whose details were damaged is still shown; `verify` tells where the chain broke. */
const readable = (stored: StoredEntry): AuditEntry => unpack(stored) ?? { ...stored, details: {} }

function sequenceOf(cursor: string): number {
  if (!/^[1-9]\d{0,14}$/.test(cursor)) throw new ConsoleError('CURSOR_INVALID', {})
  return Number(cursor)
}

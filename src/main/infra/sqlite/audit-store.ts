import type { Database } from 'better-sqlite3'
import type { AuditFilter, AuditHead, AuditStore, StoredEntry } from '#core/audit/ports.ts'

const names = [
  'sequence',
  'at',
  'kind',
  'operation',
  'operator',
  'via',
  'environment',
  'action',
  'queue',
  'job',
  'reason',
  'result',
  'details',
  'previous_hash AS previousHash',
  'hash',
]
const columns = names.join(', ')

/** The audit chain in `vigie.db`. */
export class SqliteAuditStore implements AuditStore {
  readonly #database: Database
  readonly #insert
  readonly #selectHead
  readonly #selectAfter
  readonly #selectOutcome
  readonly #selectOpen

  constructor(database: Database) {
    this.#database = database
    this.#insert = database.prepare<[StoredEntry]>(`
      INSERT INTO audit (sequence, at, kind, operation, operator, via, environment, action, queue,
        job, reason, result, details, previous_hash, hash)
      VALUES (@sequence, @at, @kind, @operation, @operator, @via, @environment, @action, @queue,
        @job, @reason, @result, @details, @previousHash, @hash)`)
    this.#selectHead = database.prepare<[], AuditHead>('SELECT sequence, hash FROM audit_head')
    this.#selectAfter = database.prepare<[number, number], StoredEntry>(
      `SELECT ${columns} FROM audit WHERE sequence > ? ORDER BY sequence LIMIT ?`,
    )
    this.#selectOutcome = database.prepare<[string], StoredEntry>(
      `SELECT ${columns} FROM audit WHERE kind = 'outcome' AND operation = ?
       ORDER BY sequence DESC LIMIT 1`,
    )
    this.#selectOpen = database.prepare<[], StoredEntry>(
      `SELECT ${columns} FROM audit
       WHERE sequence IN (SELECT sequence FROM audit_open) ORDER BY sequence`,
    )
  }

  append(seal: (head: AuditHead) => StoredEntry): void {
    this.#database
      .transaction(() => {
        const head = this.#selectHead.get()
        if (head === undefined) throw new Error('the head of the audit chain is missing')
        this.#insert.run(seal(head))
      })
      .immediate()
  }

  head(): AuditHead | null {
    return this.#selectHead.get() ?? null
  }

  after(sequence: number, limit: number): StoredEntry[] {
    return this.#selectAfter.all(sequence, limit)
  }

  page(filter: AuditFilter, before: number, limit: number) {
    const { condition, values } = where(filter)
    const rows = this.#database
      .prepare<unknown[], StoredEntry>(
        `SELECT ${columns} FROM audit WHERE ${condition} AND sequence < ?
         ORDER BY sequence DESC LIMIT ?`,
      )
      .all(...values, before, limit)
    return rows.map((entry) => ({
      entry,
      outcome: entry.kind === 'intent' ? (this.#selectOutcome.get(entry.operation) ?? null) : null,
    }))
  }

  count(filter: AuditFilter): number {
    const { condition, values } = where(filter)
    return this.#database
      .prepare<unknown[], number>(`SELECT count(*) FROM audit WHERE ${condition}`)
      .pluck()
      .get(...values) as number
  }

  openIntents(): StoredEntry[] {
    return this.#selectOpen.all()
  }
}

function where({ environment, queue, job }: AuditFilter): { condition: string; values: string[] } {
  const parts: [string, string | undefined][] = [
    ['environment = ?', environment],
    ['queue = ?', queue],
    ['job = ?', job],
  ]
  const given = parts.flatMap(([part, value]) => (value === undefined ? [] : [{ part, value }]))
  return {
    condition: ["kind <> 'outcome'", ...given.map(({ part }) => part)].join(' AND '),
    values: given.map(({ value }) => value),
  }
}

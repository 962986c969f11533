import BetterSqlite from 'better-sqlite3'
import type { AuditSubject } from '../src/main/core/audit/audit-trail.ts'
import { AuditTrail } from '../src/main/core/audit/audit-trail.ts'
import type { Log } from '../src/main/core/services.ts'
import { operatingSystemProcesses } from '../src/main/infra/process/processes.ts'
import { SqliteAuditStore } from '../src/main/infra/sqlite/audit-store.ts'
import { migrate } from '../src/main/infra/sqlite/migrate.ts'

export interface LogLine {
  level: 'debug' | 'info' | 'warn' | 'error'
  fields: object
  message: string
}

/** A log that keeps its lines for a test to look at. */
export function memoryLog(): Log & { lines: LogLine[] } {
  const lines: LogLine[] = []
  const at = (level: LogLine['level']) => (fields: object, message: string) => {
    lines.push({ level, fields, message })
  }
  return { lines, debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') }
}

/** The real audit over a real SQLite in memory. */
export function memoryAudit() {
  const database = new BetterSqlite(':memory:')
  migrate(database, ':memory:')
  const store = new SqliteAuditStore(database)
  const log = memoryLog()
  const trail = new AuditTrail({ store, processes: operatingSystemProcesses(), log })
  return { database, store, trail, log }
}

export function subjectOf(change: Partial<AuditSubject> = {}): AuditSubject {
  return {
    actor: { operator: 'marie', via: 'desktop' },
    environment: 'staging',
    action: 'jobs.retry',
    queue: 'mail',
    job: '7',
    reason: null,
    ...change,
  }
}

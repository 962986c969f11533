import type { Database } from 'better-sqlite3'
import { dictionaries, type Dictionary } from '#infra/sqlite/mirror/schema.ts'
import { jobStates } from '#shared/domain/job-state.ts'
import { createMirror, insertText } from './mirror-rows.ts'
import type { PlainJob } from './naive-search.ts'

/** A mirror in memory with just these rows. */
export function plainMirror(jobs: readonly PlainJob[]): Database {
  const database = createMirror()
  database.transaction(() => {
    for (const job of jobs) insertJob(database, job)
    insertText(database)
  })()
  return database
}

function insertJob(database: Database, job: PlainJob): void {
  const record: Record<string, string | number | null> = {
    key: job.key,
    queue: idOf(database, 'queue', { name: job.queue }),
    id: job.id,
    state: job.state === 'unknown' ? jobStates.length : jobStates.indexOf(job.state),
    started: job.started,
    finished: job.finished,
    wait: job.wait,
    attempts: job.attempts,
    allowed: 3,
    priority: job.priority,
    stalled: job.stalled,
    progress: job.progress,
    message: job.message,
    parent: job.parent && `${job.parent.queue}\n${job.parent.job}`,
    failure: job.group && idOf(database, 'failure_group', groupOf(job.group)),
    cost: job.cost,
    memory: job.memory,
    tokens: job.tokens,
    checkpoint: job.checkpoint,
    detailed: 1,
    seen: 0,
  }
  for (const field of dictionaries) record[field] = wordOf(database, field, job[field])
  if (job.gone) record['gone'] = 7
  insert(database, job.gone ? 'gone_job' : 'job', record)
  if (job.payload !== null) insert(database, 'payload', { key: job.key, text: job.payload })
  if (!job.gone && !job.indexed) insert(database, 'unindexed', { key: job.key })
}

const groupOf = (fingerprint: string) => ({
  fingerprint,
  message: `message of ${fingerprint}`,
  first_seen: 0,
  last_seen: 0,
})

function wordOf(database: Database, field: Dictionary, text: string | null): number | null {
  return text === null ? null : idOf(database, 'word', { field: dictionaries.indexOf(field), text })
}

type Values = Record<string, string | number | null>

function idOf(database: Database, table: string, values: Values): number {
  insert(database, table, values, 'OR IGNORE')
  const [unique] = Object.entries(values).slice(table === 'word' ? 1 : 0)
  const [column, value] = unique ?? []
  const field = table === 'word' ? `AND field = ${values['field']}` : ''
  return database
    .prepare<unknown[], number>(`SELECT id FROM ${table} WHERE ${column} = ? ${field}`)
    .pluck()
    .get(value) as number
}

function insert(database: Database, table: string, values: Values, or = ''): void {
  const columns = Object.keys(values)
  database
    .prepare(
      `INSERT ${or} INTO ${table} (${columns.join(', ')})
        VALUES (${columns.map(() => '?').join(', ')})`,
    )
    .run(...Object.values(values))
}

import type { MirrorJob } from '#shared/contract/job-search.ts'
import { firstLine } from '#shared/domain/first-line.ts'
import { jobStates } from '#shared/domain/job-state.ts'
import { keyTies } from '../schema.ts'
import { plain, sql } from './sql.ts'
import type { Statements } from './statements.ts'
import type { Table } from './wanted.ts'

interface JobRecord {
  key: number
  gone: number | null
  queue: string
  id: string
  state: number
  name: string
  added: number | null
  started: number | null
  finished: number | null
  due: number | null
  wait: number | null
  attempts: number
  allowed: number
  priority: number
  stalled: number
  progress: number | string | null
  message: string | null
  line: string | null
  scheduler: string | null
  parent: string | null
  group: string | null
  user: string | null
  brand: string | null
  provider: string | null
  model: string | null
  variant: string | null
  cost: number | null
  memory: number | null
  tokens: number | null
  reported: number | null
  checkpoint: string | null
  seen: number
}

const word = (column: string) => `(SELECT text FROM word WHERE word.id = j.${column}) AS ${column}`

const columns = plain(`
  j.key, (SELECT name FROM queue WHERE queue.id = j.queue) AS queue, j.id, j.state, ${word('name')},
  j.added, j.started, j.finished, j.due, j.wait, j.attempts, j.allowed, j.priority, j.stalled,
  j.progress, j.message, j.line, ${word('scheduler')}, j.parent,
  (SELECT fingerprint FROM failure_group WHERE failure_group.id = j.failure) AS "group",
  ${word('user')}, ${word('brand')}, ${word('provider')}, ${word('model')}, ${word('variant')},
  j.cost, j.memory, j.tokens, j.reported, j.checkpoint, j.seen`)

/** Rows of a table by their keys. */
export function readJobs(
  statements: Statements,
  table: Table,
  keys: readonly number[],
): Map<number, MirrorJob> {
  if (keys.length === 0) return new Map()
  const gone = plain(table === 'job' ? 'NULL AS gone' : 'j.gone')
  const records = statements.all<JobRecord>(
    sql`SELECT ${columns}, ${gone} FROM ${plain(table)} AS j
      WHERE j.key IN (SELECT value FROM json_each(${JSON.stringify(keys)}))`,
  )
  return new Map(records.map((record) => [record.key, jobOf(record)]))
}

function jobOf(record: JobRecord): MirrorJob {
  const { key, state, message, line, parent, added, started, finished, ...rest } = record
  return {
    id: rest.id,
    queue: rest.queue,
    name: rest.name,
    state: jobStates[state] ?? 'unknown',
    at: finished ?? started ?? added ?? Math.floor(key / keyTies),
    addedAt: added,
    startedAt: started,
    finishedAt: finished,
    dueAt: rest.due,
    wait: rest.wait,
    duration:
      started === null || finished === null || finished < started ? null : finished - started,
    attemptsMade: rest.attempts,
    attemptsAllowed: rest.allowed,
    progress: rest.progress,
    priority: rest.priority,
    error: line ?? (message === null ? null : firstLine(message)),
    scheduler: rest.scheduler,
    parent: parent === null ? null : parentOf(parent),
    group: rest.group,
    user: rest.user,
    brand: rest.brand,
    provider: rest.provider,
    model: rest.model,
    variant: rest.variant,
    cost: rest.cost,
    memory: rest.memory,
    tokens: rest.tokens,
    reported: rest.reported,
    checkpoint: rest.checkpoint,
    stalledCount: rest.stalled,
    goneAt: rest.gone,
    seenAt: rest.seen,
  }
}

function parentOf(text: string): { queue: string; job: string } {
  const end = text.indexOf('\n')
  return { queue: text.slice(0, end), job: text.slice(end + 1) }
}

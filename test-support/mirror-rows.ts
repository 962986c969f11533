import BetterSqlite, { type Database } from 'better-sqlite3'
import {
  dictionaries,
  keyTies,
  mirrorSchema,
  mirrorSchemaVersion,
} from '#infra/sqlite/mirror/schema.ts'
import { TextDocuments, type TextRow } from '#infra/sqlite/mirror/text-documents.ts'
import { TextShapes } from '#infra/sqlite/mirror/text-shapes.ts'
import { jobStates } from '#shared/domain/job-state.ts'

/** A new mirror file without rows, for tests and measurements of queries. Durability is off. */
export function createMirror(file = ':memory:'): Database {
  const database = new BetterSqlite(file)
  database.pragma('journal_mode = OFF')
  database.pragma('synchronous = OFF')
  database.pragma('cache_size = -262144')
  database.exec(mirrorSchema)
  database.pragma(`user_version = ${mirrorSchemaVersion}`)
  return database
}

export interface MirrorFill {
  rows: number
  /** Of the newest row; the others are spread over the days before. */
  to: number
  days: number
  /** All in the first queue, and failed; otherwise three in four completed, of four queues. */
  allFailed: boolean
  /** Without it, rows wait in `unindexed`. */
  text: boolean
}

const names = [
  'send-mail',
  'send-invoice',
  'resize-image',
  'write-article',
  'probe',
  'publish',
  'sync-shop',
  'translate',
]

/** One in eight rows each. `#` stands for numbers. */
const messages = [
  'connect ECONNREFUSED 10.0.#.#:5432',
  'Request timed out after # ms while calling https://api.example.com/v1/orders/#',
  'duplicate key value violates unique constraint "orders_pkey" Detail: Key (id)=(#) already exists.',
  'Cannot read properties of undefined (reading "price_#") of order #',
  '429 Too Many Requests: rate limit reached for gpt-5 in organization org-# on tokens per min',
  'ENOENT: no such file or directory, open "/var/tmp/render/#/frame-#.png"',
  'socket hang up while uploading part # of bucket media-#',
  'Validation failed: recipient # has no address in country #',
]

const brands = 20
const users = 50_000

/** Fills a mirror with rows made by SQL alone, a million in some seconds, with what a writer would add. */
export function fillMirror(database: Database, fill: MirrorFill): void {
  database.function('noise', { deterministic: true }, (seed: unknown, salt: unknown) =>
    scramble(Number(seed), Number(salt)),
  )
  database.exec('BEGIN')
  const word = database.prepare('INSERT INTO word (id, field, text) VALUES (?, ?, ?)')
  const words = (first: number, field: (typeof dictionaries)[number], texts: readonly string[]) =>
    texts.forEach((text, index) => word.run(first + index, dictionaries.indexOf(field), text))
  words(1, 'name', names)
  words(11, 'brand', numbered('brand', brands))
  words(41, 'provider', ['openai', 'anthropic', 'google'])
  words(51, 'model', ['gpt-5', 'claude-opus', 'gemini-pro', 'gpt-5-mini'])
  words(61, 'variant', ['control', 'shorter'])
  words(101, 'user', numbered('user', users))
  const queue = database.prepare('INSERT INTO queue (id, name) VALUES (?, ?)')
  ;['mail', 'images', 'articles', 'shop'].forEach((name, index) => queue.run(index + 1, name))
  const group = database.prepare(
    `INSERT INTO failure_group (id, fingerprint, error_class, message, frame, first_seen, last_seen,
      stack, stack_at) VALUES (?, ?, 'Error', ?, 'send (src/send.ts)', ?, ?, 'Error: a stack', ?)`,
  )
  const from = fill.to - fill.days * day
  messages.forEach((message, index) =>
    group.run(index + 1, `group${index}`, message.replaceAll('#', '<number>'), from, fill.to, from),
  )
  insertJobs(database, fill, from)
  insertFailures(database)
  if (fill.text) insertText(database)
  else database.exec('INSERT INTO unindexed SELECT key FROM job')
  database.exec('COMMIT')
}

const day = 24 * 60 * 60 * 1000

const numbered = (word: string, count: number) =>
  Array.from({ length: count }, (_, index) => `${word}-${index}`)

function insertJobs(database: Database, fill: MirrorFill, from: number): void {
  const failed = jobStates.indexOf('failed')
  const completed = jobStates.indexOf('completed')
  const step = (fill.to - from) / fill.rows
  const message = messages
    .map((text, index) => {
      const [first = '', second = '', third] = text.split('#')
      const tail = third === undefined ? '' : ` || (noise(i, 6) % 1000) || '${third}'`
      return `WHEN ${index} THEN '${first}' || (noise(i, 5) % 100000) || '${second}'${tail}`
    })
    .join(' ')
  database.exec(`
    WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < ${fill.rows - 1}),
    drawn AS MATERIALIZED (
      SELECT i, CAST(${from} + i * ${step} AS INTEGER) AS at, noise(i, 1) % 8 AS kind,
        ${fill.allFailed ? failed : `iif(noise(i, 2) % 4 = 0, ${failed}, ${completed})`} AS state,
        ${fill.allFailed ? 1 : '1 + noise(i, 3) % 4'} AS queue, noise(i, 4) AS r
      FROM n
    )
    INSERT INTO job (key, queue, id, state, name, score, added, started, finished, wait, attempts,
      allowed, priority, stalled, message, failure, user, brand, provider, model, variant, cost,
      memory, detailed, seen)
    SELECT at * ${keyTies} + i % ${keyTies}, queue, CAST(i AS TEXT), state, 1 + noise(i, 7) % 8, at,
      at - 60000, at - 1500, at, 58500, 1 + r % 3, 3, 0, 0,
      iif(state = ${failed}, CASE kind ${message} END, NULL),
      iif(state = ${failed}, kind + 1, NULL), 101 + r % ${users}, 11 + r % ${brands},
      41 + r % 3, 51 + r % 4, 61 + r % 2, (r % 1000) / 10000.0, r % 512, 1, at
    FROM drawn`)
}

function insertFailures(database: Database): void {
  database.exec(`
    INSERT INTO failure_hour (failure, hour, queue, name, count)
    SELECT failure, finished / 3600000, queue, name, count(*) FROM job
    WHERE failure IS NOT NULL GROUP BY 1, 2, 3, 4;
    INSERT INTO failure_user (failure, user, queue, name, count, last)
    SELECT failure, user, queue, name, count(*), max(finished) FROM job
    WHERE failure IS NOT NULL AND user IS NOT NULL GROUP BY 1, 2, 3, 4;`)
}

/** Puts the text of all rows into the index that are not among the unindexed, as the writer does. */
export function insertText(database: Database): void {
  const documents = new TextDocuments(database, new TextShapes(database))
  const rows = database
    .prepare<[], TextRow>(
      `SELECT j.key, j.message, j.id, name.text AS name, user.text AS user, payload.text AS payload
       FROM job AS j JOIN word AS name ON name.id = j.name
       LEFT JOIN word AS user ON user.id = j.user LEFT JOIN payload ON payload.key = j.key
       WHERE j.key NOT IN (SELECT key FROM unindexed) ORDER BY j.key`,
    )
    .all()
  for (const row of rows) documents.insert(row)
}

/** Numbers without a pattern, the same in every run. */
function scramble(seed: number, salt: number): number {
  let mixed = Math.imul(seed + 1, 0x9e3779b1) ^ Math.imul(salt, 0x85ebca6b)
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x21f0aaad)
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97)
  return (mixed ^ (mixed >>> 15)) >>> 0
}

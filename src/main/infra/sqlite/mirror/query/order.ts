import { jobSorts, type JobSort } from '#shared/domain/job-sort.ts'
import { duration } from './columns.ts'
import { plain, sql, type Bound, type Sql } from './sql.ts'

/** How rows are ordered; of equal ones the newest is first, and what has no value is last, either way. */
export interface Order {
  sort: JobSort
  descending: boolean
}

export function readOrder(text: string): Order {
  const descending = text.startsWith('-')
  const name = descending ? text.slice(1) : text
  return { sort: jobSorts.find((sort) => sort === name) ?? 'at', descending }
}

/** Behind which row a page begins. */
export interface Position {
  /** Of the column that is sorted by; null where that is the key. */
  value: string | number | null
  key: number
  /** Index in `tables`: the same key may stand in both. */
  table: number
}

const column = (name: string) => plain(`j.${name}`)

/** What a row `j` is sorted by. */
export const sortValue: Record<Exclude<JobSort, 'at'>, Sql> = {
  added: column('added'),
  started: column('started'),
  finished: column('finished'),
  duration,
  wait: column('wait'),
  attempts: column('attempts'),
  priority: column('priority'),
  cost: column('cost'),
  memory: column('memory'),
  tokens: column('tokens'),
  name: plain('(SELECT text FROM word WHERE word.id = j.name)'),
  queue: plain('(SELECT name FROM queue WHERE queue.id = j.queue)'),
}

/** Of rows with `value`, `key` and `source`. */
export function orderBy({ sort, descending }: Order): Sql {
  const direction = descending ? 'DESC' : 'ASC'
  return sort === 'at'
    ? plain(`key ${direction}, source`)
    : plain(`value IS NULL, value COLLATE NOCASE ${direction}, key DESC, source`)
}

/** Rows after a position, in that order; null bounds none. */
export function after(order: Order, { value, key, table }: Position): Sql {
  if (order.sort === 'at') {
    const beyond = plain(order.descending ? '<' : '>')
    return sql`(key ${beyond} ${key} OR (key = ${key} AND source > ${table}))`
  }
  const older = sql`(key < ${key} OR (key = ${key} AND source > ${table}))`
  if (value === null) return sql`value IS NULL AND ${older}`
  const beyond = plain(order.descending ? '<' : '>')
  const same = sql`value = ${value} COLLATE NOCASE`
  return sql`(value COLLATE NOCASE ${beyond} ${value satisfies Bound} OR (${same} AND ${older})
    OR value IS NULL)`
}

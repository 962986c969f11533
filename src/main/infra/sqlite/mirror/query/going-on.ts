import type { Database } from 'better-sqlite3'
import type { Branch } from './branch.ts'
import { plain } from './sql.ts'

/*
 * SQLite cannot be interrupted from here. So a query that looks into rows asks every so often whether it is still
 * wanted: a word in memory that whoever asked shares.
 */

/** Whether the query under way goes on. */
export type Going = Int32Array<SharedArrayBuffer>

export function goOn(
  going: Going = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT)),
): Going {
  Atomics.store(going, 0, 0)
  return going
}

/** From whatever thread. */
export function stop(going: Going): void {
  Atomics.store(going, 0, 1)
}

export function registerGoing(database: Database, going: Going): void {
  database.function('goes_on', { deterministic: false }, () => {
    if (Atomics.load(going, 0) !== 0) throw new Error('Nobody waits for this query any more')
    return 1
  })
}

/** Rows are found in the order of their time: one in a hundred or so asks. */
const asksSometimes = plain('((j.key >> 3) % 101 <> 0 OR goes_on())')

/** The same rows, read as long as they are wanted. What asks an index alone is quick and goes on. */
export function stoppable(branch: Branch): Branch {
  const { from, where, key } = branch
  const reads = where.length > 0 && (key === 'j.key' || from.text.includes(' CROSS JOIN '))
  return reads ? { ...branch, where: [asksSometimes, ...where] } : branch
}

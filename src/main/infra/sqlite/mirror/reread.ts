import type { MirrorSettings } from '#shared/contract/mirror.ts'
import { detail } from './columns.ts'
import type { Change, Parts } from './parts.ts'
import { effectOf, failedRows } from './settings-change.ts'

const slice = 2000

/** Marks what is to be read again, and forgets what is no longer to be kept. */
export function applySettings(
  parts: Parts,
  before: MirrorSettings,
  now: MirrorSettings,
  change: Change,
): void {
  const { reread, forget } = effectOf(before, now)
  if (forget !== null) forgetPayloads(parts, forget, change)
  if (reread !== null) markUnread(parts, reread, change)
}

/** Marks those of a queue of which there are details to read. */
export function markQueueUnread(parts: Parts, name: string, change: Change): void {
  const queue = parts.queues.find(name)
  if (queue === null) return
  const which = parts.rules.wantsDetails(false) ? '' : ` AND ${failedRows}`
  markUnread(parts, `queue = ${queue}${which}`, change)
}

function forgetPayloads({ database, text }: Parts, condition: string, change: Change): void {
  const next = database
    .prepare<[number], number>(
      `SELECT key FROM payload WHERE key > ?
       AND (EXISTS (SELECT 1 FROM job WHERE job.key = payload.key AND (${condition}))
         OR EXISTS (SELECT 1 FROM gone_job AS job WHERE job.key = payload.key AND (${condition})))
       ORDER BY key LIMIT ${slice}`,
    )
    .pluck()
  const remove = database.prepare<[number]>('DELETE FROM payload WHERE key = ?')
  let forgotten = 0
  for (let keys = next.all(-1); keys.length > 0; keys = next.all(keys.at(-1) ?? 0)) {
    change(() => {
      for (const key of keys) remove.run(key)
    })
    forgotten += keys.length
  }
  // Anew, since an index that rows are taken out of still holds their words for a while.
  if (forgotten > 0) change(() => text.clear())
}

function markUnread({ database, tally }: Parts, condition: string, change: Change): void {
  const span = database.prepare<[number], { last: number | null }>(
    `SELECT max(key) AS last FROM (SELECT key FROM job WHERE key > ? ORDER BY key LIMIT ${slice})`,
  )
  const mark = database.prepare<[number, number]>(
    `UPDATE job SET detailed = ${detail.unread}
     WHERE key > ? AND key <= ? AND detailed <> ${detail.unread} AND (${condition})`,
  )
  let after = -1
  for (;;) {
    const last = span.get(after)?.last ?? null
    if (last === null) break
    const from = after
    change(() => mark.run(from, last))
    after = last
  }
  tally.loadDetails(database)
}

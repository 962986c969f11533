import { numberIn, type ServerFacts } from './server-facts.ts'
import type { Finding } from './steps.ts'

/** Whether Redis would have its data again after a restart. */
export async function persistenceOf(
  fields: ReadonlyMap<string, string>,
  server: ServerFacts,
): Promise<Finding> {
  if (!fields.has('aof_enabled')) return { problem: 'not-told' }
  const aof = fields.get('aof_enabled') === '1'
  const rdb = await savesSnapshots(fields, server)
  const saved = numberIn(fields, 'rdb_last_save_time')
  const facts = { aof, rdb, lastSave: rdb !== true || saved === null ? null : saved * 1000 }
  const failing =
    (rdb === true && isFailing(fields, 'rdb_last_bgsave_status')) ||
    (aof &&
      (isFailing(fields, 'aof_last_write_status') ||
        isFailing(fields, 'aof_last_bgrewrite_status')))
  if (failing) return { problem: 'persistence-failing', facts }
  if (aof || rdb === true) return { problem: null, facts }
  return { problem: rdb === null ? 'not-told' : 'persistence-off', facts }
}

const isFailing = (fields: ReadonlyMap<string, string>, name: string) => fields.get(name) === 'err'

/**
 * Null when it cannot be told. INFO says when a snapshot was made, but not whether one ever will be; CONFIG,
 * which few users have the right to, is only asked where that matters.
 */
async function savesSnapshots(
  fields: ReadonlyMap<string, string>,
  { redis }: ServerFacts,
): Promise<boolean | null> {
  if ((numberIn(fields, 'rdb_saves') ?? 0) > 0) return true
  if (fields.get('rdb_last_bgsave_status') === 'err') return true
  if (fields.get('aof_enabled') === '1') return null
  const reply = await redis.config('GET', 'save').catch(() => null)
  const [, rules] = Array.isArray(reply) ? (reply as unknown[]) : []
  return typeof rules === 'string' ? rules !== '' : null
}

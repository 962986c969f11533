import type { Redis } from 'ioredis'
import type { MirrorJob } from '../../src/shared/contract/job-search.ts'
import type { Vigie } from './vigie.ts'

/** Where the jobs of each state stand: up to v5 those of a paused queue wait apart. */
const places = [
  ['waiting', 'wait'],
  ['waiting', 'paused'],
  ['active', 'active'],
  ['delayed', 'delayed'],
  ['prioritized', 'prioritized'],
  ['waiting-children', 'waiting-children'],
  ['completed', 'completed'],
  ['failed', 'failed'],
] as const
const lists: ReadonlySet<string> = new Set(['wait', 'paused', 'active'])

const fields = [
  'name',
  'timestamp',
  'processedOn',
  'finishedOn',
  'atm',
  'attemptsMade',
  'priority',
  'failedReason',
] as const

/** What is said of each job of some queues, by Redis or by the mirror, in the same words. */
export type Said = ReadonlyMap<string, string>

/** Jobs of which the mirror says something else than Redis, or that only one of them has. */
export function differencesBetween(redis: Said, mirror: Said): string[] {
  const differences: string[] = []
  for (const job of new Set([...redis.keys(), ...mirror.keys()])) {
    const [left, right] = [redis.get(job) ?? 'absent', mirror.get(job) ?? 'absent']
    if (left !== right) differences.push(`${job}: ${left} in Redis, ${right} in the mirror`)
  }
  return differences
}

/** As its own commands tell it, without anything that Vigie reads Redis with. */
export async function saidByRedis(redis: Redis, queues: readonly string[]): Promise<Said> {
  const said = new Map<string, string>()
  for (const queue of queues) {
    for (const [state, suffix] of places) {
      const key = `bull:${queue}:${suffix}`
      const ids = lists.has(suffix)
        ? await redis.lrange(key, 0, -1)
        : await redis.zrange(key, '0', '-1')
      // v3 and v4 keep a marker among them.
      const jobs = ids.filter((id) => !id.startsWith('0:'))
      for (let from = 0; from < jobs.length; from += 1000) {
        const part = jobs.slice(from, from + 1000)
        const pipeline = redis.pipeline()
        for (const id of part) pipeline.hmget(`bull:${queue}:${id}`, ...fields)
        const replies = (await pipeline.exec()) ?? []
        for (const [index, id] of part.entries()) {
          said.set(
            `${queue} ${id}`,
            inWords(state, (replies[index]?.[1] ?? []) as (string | null)[]),
          )
        }
      }
    }
  }
  return said
}

function inWords(state: string, values: readonly (string | null)[]): string {
  const [name, added, started, finished, attempts, attemptsBefore, priority, reason] = values
  const times = [added, started, finished].map((time) => time ?? '')
  const tries = attempts ?? attemptsBefore ?? '0'
  const line = reason?.split('\n')[0]?.slice(0, 300) ?? ''
  return [state, name, ...times, tries, priority ?? '0', line].join(' ')
}

/** Page by page over HTTP. */
export async function saidByMirror(vigie: Vigie, queues: readonly string[]): Promise<Said> {
  const said = new Map<string, string>()
  for (const queue of queues) {
    let cursor: string | null = null
    do {
      const parameters = new URLSearchParams({
        filter: `queue:${queue}`,
        limit: '500',
        count: 'none',
      })
      if (cursor !== null) parameters.set('cursor', cursor)
      const reply = await vigie.ask(`jobs?${parameters.toString()}`)
      const page = JSON.parse(reply.body) as { items: MirrorJob[]; cursor: string | null }
      for (const job of page.items) {
        const times = [job.addedAt, job.startedAt, job.finishedAt].map((time) => time ?? '')
        const words = [job.state, job.name, ...times, job.attemptsMade, job.priority]
        said.set(`${queue} ${job.id}`, [...words, job.error ?? ''].join(' '))
      }
      ;({ cursor } = page)
    } while (cursor !== null)
  }
  return said
}

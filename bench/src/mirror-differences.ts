import type { Redis } from 'ioredis'
import type { MirrorJob } from '../../src/shared/contract/job-search.ts'
import type { Vigie } from './vigie.ts'

const stateKeys = {
  waiting: 'wait',
  active: 'active',
  delayed: 'delayed',
  prioritized: 'prioritized',
  'waiting-children': 'waiting-children',
  completed: 'completed',
  failed: 'failed',
} as const

const fields = ['name', 'timestamp', 'processedOn', 'finishedOn', 'atm', 'failedReason'] as const

/** What is said of a job, by Redis and by the mirror, in the same words. */
type Said = Map<string, string>

/** Jobs of which the mirror, asked over HTTP, says something else than Redis, or that only one of them has. */
export async function mirrorDifferences(
  redis: Redis,
  vigie: Vigie,
  queues: readonly string[],
): Promise<{ compared: number; differences: string[] }> {
  const differences: string[] = []
  let compared = 0
  for (const queue of queues) {
    const [truth, mirror] = [await ofRedis(redis, queue), await ofMirror(vigie, queue)]
    compared += truth.size
    for (const id of new Set([...truth.keys(), ...mirror.keys()])) {
      const [left, right] = [truth.get(id) ?? 'absent', mirror.get(id) ?? 'absent']
      if (left !== right)
        differences.push(`${queue} ${id}: ${left} in Redis, ${right} in the mirror`)
    }
  }
  return { compared, differences }
}

async function ofRedis(redis: Redis, queue: string): Promise<Said> {
  const said: Said = new Map()
  for (const [state, suffix] of Object.entries(stateKeys)) {
    const key = `bull:${queue}:${suffix}`
    const list = suffix === 'wait' || suffix === 'active'
    const ids = list ? await redis.lrange(key, 0, -1) : await redis.zrange(key, '0', '-1')
    for (let from = 0; from < ids.length; from += 1000) {
      const part = ids.slice(from, from + 1000)
      const pipeline = redis.pipeline()
      for (const id of part) pipeline.hmget(`bull:${queue}:${id}`, ...fields)
      const replies = (await pipeline.exec()) ?? []
      for (const [index, id] of part.entries()) {
        const values = (replies[index]?.[1] ?? []) as (string | null)[]
        const [name, added, started, finished, attempts, reason] = values
        said.set(
          id,
          [
            state,
            name,
            ...[added, started, finished].map((time) => time ?? ''),
            attempts ?? '0',
            reason?.split('\n')[0]?.slice(0, 300) ?? '',
          ].join(' '),
        )
      }
    }
  }
  return said
}

async function ofMirror(vigie: Vigie, queue: string): Promise<Said> {
  const said: Said = new Map()
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
      said.set(
        job.id,
        [
          job.state,
          job.name,
          ...[job.addedAt, job.startedAt, job.finishedAt].map((time) => time ?? ''),
          job.attemptsMade,
          job.error ?? '',
        ].join(' '),
      )
    }
    cursor = page.cursor
  } while (cursor !== null)
  return said
}

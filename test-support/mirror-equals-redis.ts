import type { Redis } from 'ioredis'
import { jobStates, type JobState } from '../src/shared/domain/job-state.ts'
import { basicFields, basicsOf, hashOf } from '../src/main/infra/bullmq/job-hash.ts'
import { isMarkerId, listSuffixesOf, queueKey, stateKeys } from '../src/main/infra/bullmq/keys.ts'

/** A job as a mirror has it; `error` may be left out by one that keeps it in another form. */
export interface MirroredJob {
  id: string
  state: JobState | 'unknown'
  score: number | null
  name: string
  added: number | null
  started: number | null
  finished: number | null
  attempts: number
  priority: number
  error?: string | null
}

const atOnce = 1000

/**
 * Where a mirror differs from Redis, job by job: a line each, the first of each queue. It must stand still;
 * `prefix` is that of the environment's first.
 */
export async function differences(
  redis: Redis,
  queues: Readonly<Record<string, readonly MirroredJob[]>>,
  { prefix = 'bull', most = 10 } = {},
): Promise<string[]> {
  const found: string[] = []
  for (const [queue, rows] of Object.entries(queues)) {
    const lines: string[] = []
    const own = new Map(rows.map((row) => [row.id, row]))
    for await (const job of jobsIn(redis, prefix, queue)) {
      const row = own.get(job.id)
      own.delete(job.id)
      if (row === undefined) lines.push(`${queue} ${job.id}: missing (${job.state})`)
      else lines.push(...unequal(queue, job, row))
    }
    for (const { id, state } of own.values()) {
      lines.push(`${queue} ${id}: too much (${state})`)
    }
    const more = lines.length > most ? [`${queue}: ${lines.length - most} more`] : []
    found.push(...lines.slice(0, most), ...more)
  }
  return found
}

function unequal(queue: string, job: MirroredJob, row: MirroredJob): string[] {
  const fields = Object.keys(job) as (keyof MirroredJob)[]
  return fields
    .filter((field) => row[field] !== undefined && row[field] !== job[field])
    .map(
      (field) =>
        `${queue} ${job.id} ${field}: ${String(row[field])}, in Redis ${String(job[field])}`,
    )
}

async function* jobsIn(
  redis: Redis,
  prefix: string,
  queue: string,
): AsyncGenerator<MirroredJob, void, undefined> {
  for (const state of jobStates) {
    for await (const part of idsIn(redis, prefix, queue, state)) {
      const pipeline = redis.pipeline()
      for (const { id } of part) {
        pipeline.hmget(queueKey(prefix, queue, id), ...basicFields, 'failedReason')
      }
      const replies = (await pipeline.exec()) ?? []
      for (const [index, { id, score }] of part.entries()) {
        const reply = replies[index]?.[1]
        const basics = basicsOf(prefix, hashOf(basicFields, reply) ?? {})
        yield {
          id,
          state,
          score,
          name: basics.name,
          added: basics.addedAt,
          started: basics.startedAt,
          finished: basics.finishedAt,
          attempts: basics.attemptsMade,
          priority: basics.priority,
          error: Array.isArray(reply) ? ((reply.at(-1) as string | null) ?? null) : null,
        }
      }
    }
  }
}

async function* idsIn(redis: Redis, prefix: string, queue: string, state: JobState) {
  for (const suffix of listSuffixesOf(state)) {
    const key = queueKey(prefix, queue, suffix)
    for (let start = 0; ; start += atOnce) {
      if (stateKeys[state].type === 'list') {
        const ids = await redis.lrange(key, start, start + atOnce - 1)
        if (ids.length === 0) break
        yield ids.filter((id) => !isMarkerId(id)).map((id) => ({ id, score: null }))
        continue
      }
      const flat = await redis.zrange(key, `${start}`, `${start + atOnce - 1}`, 'WITHSCORES')
      if (flat.length === 0) break
      yield Array.from({ length: flat.length / 2 }, (_, index) => ({
        id: flat[2 * index] ?? '',
        score: Number(flat[2 * index + 1]),
      }))
    }
  }
}

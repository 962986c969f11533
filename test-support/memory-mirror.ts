import type { StateCounts } from '../src/shared/contract/queues.ts'
import { jobStates, type JobState } from '../src/shared/domain/job-state.ts'
import {
  indexFields,
  type MirrorCounts,
  type MirrorWriter,
  type QueueMark,
  type RawDetails,
  type RawJob,
} from '../src/main/core/mirror/ports.ts'
import { basicFields, basicsOf } from '../src/main/infra/bullmq/job-hash.ts'
import { unpackJobs } from '../src/main/infra/sqlite/mirror/unpack-jobs.ts'
import type { MirroredJob } from './mirror-equals-redis.ts'

/** What a mirror's writer does, in memory: for what decides what is written, not how. */
export interface MemoryMirror extends MirrorWriter {
  rows(queue: string): MirroredJob[]
  /** Ids of jobs that are gone. */
  goneOf(queue: string): string[]
  /** Kept between two openings. */
  readonly kept: Map<string, QueueMark>
  readonly details: Map<string, RawDetails>
  /** Fails each write from now on with this. */
  breakWith(error: unknown): void
}

function of<Value>(map: Map<string, Map<string, Value>>, queue: string): Map<string, Value> {
  const known = map.get(queue) ?? new Map<string, Value>()
  map.set(queue, known)
  return known
}

const within = (score: number | null, from: number, to: number) =>
  score !== null && score >= from && score <= to

export function memoryMirror(): MemoryMirror {
  const present = new Map<string, Map<string, RawJob>>()
  const gone = new Map<string, Map<string, { name: string | null }>>()
  const kept = new Map<string, QueueMark>()
  const details = new Map<string, RawDetails>()
  const undetailed = new Map<string, { queue: string; id: string; failed: boolean }>()
  let version = 0
  let broken: { error: unknown } | null = null
  const counts = (): MirrorCounts => ({
    rows: [...present.values()].reduce((sum, { size }) => sum + size, 0),
    gone: [...gone.values()].reduce((sum, { size }) => sum + size, 0),
    undetailed: undetailed.size,
    unindexed: 0,
    tooLong: 0,
    bytes: 0,
    version,
  })
  const lose = (queue: string, id: string, name: string | null = null) => {
    of(present, queue).delete(id)
    undetailed.delete(`${queue}\n${id}`)
    of(gone, queue).set(id, { name })
  }
  const inState = (queue: string, state: JobState) =>
    [...of(present, queue).values()].filter((job) => job.state === state)
  return {
    kept,
    details,
    breakWith: (error) => {
      broken = { error }
    },
    open: async () => counts(),
    rebuild: async () => {
      for (const map of [present, gone, kept, details, undetailed]) map.clear()
      return counts()
    },
    counts: async () => counts(),
    async census() {
      const found = new Map<string, { counts: StateCounts; gone: number }>()
      for (const queue of new Set([...present.keys(), ...gone.keys()])) {
        const own = Object.fromEntries(
          jobStates.map((state) => [state, inState(queue, state).length]),
        ) as StateCounts
        found.set(queue, { counts: own, gone: of(gone, queue).size })
      }
      return found
    },
    marks: async () => [...kept.values()],
    async mark(mark) {
      kept.set(mark.queue, structuredClone(mark))
    },
    async write(batch) {
      if (broken !== null) throw broken.error
      version += 1
      const packed = batch.packed === undefined ? [] : unpackJobs(batch.packed)
      for (const job of [...batch.jobs, ...packed]) {
        of(present, batch.queue).set(job.id, job)
        of(gone, batch.queue).delete(job.id)
        const { queue } = batch
        undetailed.set(`${queue}\n${job.id}`, {
          queue,
          id: job.id,
          failed: job.state === 'failed',
        })
      }
      for (const { id, name } of batch.gone) lose(batch.queue, id, name)
      return counts()
    },
    async ids(queue, state, { from, to } = { from: -Infinity, to: Infinity }) {
      const all = from === -Infinity && to === Infinity
      return inState(queue, state)
        .filter(({ score }) => all || within(score, from, to))
        .map(({ id }) => id)
    },
    async idsAfter(queue, state, after, count) {
      const start = after ?? 0
      const all = inState(queue, state).map(({ id }) => id)
      const ids = all.slice(start, start + count)
      return { ids, next: ids.length < count ? null : start + count }
    },
    async buckets(queue, state, edges) {
      const scores = inState(queue, state).map(({ score }) => score)
      return edges.map((from, index) => {
        const next = edges[index + 1] ?? Infinity
        return scores.filter(
          (score) =>
            score !== null && score >= from && (score < next || index === edges.length - 1),
        ).length
      })
    },
    async goneBelow(queue, state, score) {
      const lost = inState(queue, state).filter((job) => job.score !== null && job.score < score)
      for (const { id } of lost) lose(queue, id)
      return lost.length
    },
    async markGone(queue, ids) {
      for (const id of ids) lose(queue, id)
    },
    async forgetQueue(queue) {
      for (const id of of(present, queue).keys()) lose(queue, id)
      kept.delete(queue)
    },
    async undetailed(limit) {
      return [...undetailed.values()]
        .toSorted((one, other) => Number(other.failed) - Number(one.failed))
        .slice(0, limit)
    },
    async writeDetails(queue, read) {
      for (const detail of read) {
        undetailed.delete(`${queue}\n${detail.id}`)
        if (!('missing' in detail)) details.set(`${queue}\n${detail.id}`, detail)
      }
      return counts()
    },
    async reread(queue) {
      for (const { id, state } of of(present, queue).values()) {
        undetailed.set(`${queue}\n${id}`, { queue, id, failed: state === 'failed' })
      }
      return counts()
    },
    configure: async () => counts(),
    regroup: async () => {},
    indexText: async () => 0,
    sweep: async () => 0,
    close: async () => {},
    goneOf: (queue) => [...of(gone, queue).keys()],
    rows: (queue) =>
      [...of(present, queue).values()].map(({ id, state, score, fields }) => {
        const hash = Object.fromEntries(
          indexFields.map((field, index) => [field, fields[index] ?? null]),
        ) as Record<(typeof indexFields)[number], string | null>
        const basics = basicsOf(
          'bull',
          Object.fromEntries(basicFields.map((field) => [field, hash[field]])),
        )
        return {
          id,
          state,
          score,
          name: basics.name,
          added: basics.addedAt,
          started: basics.startedAt,
          finished: basics.finishedAt,
          attempts: basics.attemptsMade,
          priority: basics.priority,
          error: hash.failedReason,
        }
      }),
  }
}

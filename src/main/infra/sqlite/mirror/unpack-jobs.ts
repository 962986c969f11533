import type { PackedJobs, RawJob } from '#core/mirror/ports.ts'
import { unpackFields } from '../../bullmq/mirror/unpack-fields.ts'

/** Those that are to be written. */
export function unpackJobs({ state, ids, scores, fields, except }: PackedJobs): RawJob[] {
  const left = new Set(except)
  const jobs: RawJob[] = []
  for (const [index, own] of unpackFields(fields.bytes).entries()) {
    const [id, score = Number.NaN] = [ids[index], scores[index]]
    if (own === null || id === undefined || left.has(index)) continue
    jobs.push({ id, state, score: Number.isNaN(score) ? null : score, fields: own })
  }
  return jobs
}

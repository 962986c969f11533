import type { PackedJobs, RawJob } from '#core/mirror/ports.ts'
import { UnpackedFields } from '../../bullmq/mirror/unpack-fields.ts'

/** Those that are to be written, the last first, each made when it is asked for. */
export function* unpackJobs(packed: PackedJobs): Generator<RawJob, void, undefined> {
  const { state, ids, scores, fields, except } = packed
  const left = new Set(except)
  let place = ids.length
  for (const part of fields.parts.toReversed()) {
    const unpacked = new UnpackedFields(part)
    for (let index = unpacked.length - 1; index >= 0; index -= 1) {
      place -= 1
      const [id, score = Number.NaN] = [ids[place], scores[place]]
      const own = left.has(place) ? null : unpacked.at(index)
      if (own === null || id === undefined) continue
      yield { id, state, score: Number.isNaN(score) ? null : score, fields: own }
    }
  }
}

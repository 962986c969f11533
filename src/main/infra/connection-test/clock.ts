import { failureOf } from '../redis/failure.ts'
import type { Finding, Step } from './steps.ts'
import type { Visit } from './visit.ts'

/** How often the time is asked for: the quickest answer is the most exact. */
const samples = 5
/** Milliseconds from which on times on screen mislead. */
const noticeable = 1000

/** How far the clock of Redis is ahead of this machine's, less half the way there and back. */
export function clockStep(visit: Visit): Step {
  return {
    name: 'clock',
    async run(): Promise<Finding> {
      const offsets = await Promise.all(visit.servers.map(({ redis }) => offsetOf(redis)))
      const known = offsets.filter((offset) => offset !== null)
      const [offset = null] = known.toSorted((one, other) => Math.abs(other) - Math.abs(one))
      if (offset === null) return { problem: 'not-told' }
      const apart = Math.abs(offset) > noticeable
      return { problem: apart ? 'clock-apart' : null, facts: { offset } }
    },
  }
}

/** Milliseconds; null when the user may not ask. */
async function offsetOf(redis: Visit['servers'][number]['redis']): Promise<number | null> {
  let best: { offset: number; took: number } | null = null
  for (let sample = 0; sample < samples; sample += 1) {
    const sentAt = performance.now()
    const reply: unknown = await redis.time().catch((error: unknown) => {
      if (failureOf(error).reason === 'closed') throw error
      return null
    })
    const took = performance.now() - sentAt
    const [seconds, microseconds] = Array.isArray(reply) ? reply.map(Number) : []
    if (seconds === undefined || microseconds === undefined) return null
    const offset = Math.round(seconds * 1000 + microseconds / 1000 - (Date.now() - took / 2))
    if (best === null || took < best.took) best = { offset, took }
  }
  return best?.offset ?? null
}

import type { QueueReading } from '#core/queues/ports.ts'
import { type Batch, countOf } from './batch.ts'
import { queueKey } from './keys.ts'

const minute = 60_000
const hour = 60 * minute
/** These change slowly and cost four commands, so they are read less often than the rest. */
const lasts = 5000

/** Jobs that finished lately and that Redis still keeps: scores are times of finishing. */
export class FinishedCounts {
  readonly #prefix: string
  readonly #queue: string
  #readAt = Number.NEGATIVE_INFINITY
  #figures: QueueReading['finished'] = {
    lastMinute: 0,
    completedLastHour: 0,
    failedLastHour: 0,
  }

  constructor(prefix: string, queue: string) {
    this.#prefix = prefix
    this.#queue = queue
  }

  get figures(): QueueReading['finished'] {
    return this.#figures
  }

  ask(batch: Batch, now: number, fresh: boolean): () => void {
    if (!fresh && now - this.#readAt < lasts) return () => {}
    const count = (state: 'completed' | 'failed', span: number) =>
      batch.add('zcount', queueKey(this.#prefix, this.#queue, state), now - span, '+inf')
    const minutes = [count('completed', minute), count('failed', minute)]
    const completedLastHour = count('completed', hour)
    const failedLastHour = count('failed', hour)
    return () => {
      this.#readAt = now
      this.#figures = {
        lastMinute: minutes.reduce((sum, reply) => sum + countOf(reply()), 0),
        completedLastHour: countOf(completedLastHour()),
        failedLastHour: countOf(failedLastHour()),
      }
    }
  }
}

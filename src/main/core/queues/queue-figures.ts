import type { Queue } from '#shared/contract/queues.ts'
import {
  failureShare,
  throughput,
  type ThroughputSample,
  withSample,
} from '#shared/domain/throughput.ts'
import type { QueueReading } from './ports.ts'

/** Turns the readings of one queue into what is shown, with rates over the last minute. */
export class QueueFigures {
  #samples: ThroughputSample[] = []
  #latest: Queue | null = null

  get latest(): Queue | null {
    return this.#latest
  }

  take(reading: QueueReading): Queue {
    const { counts, finished } = reading
    this.#samples = withSample(this.#samples, {
      at: reading.at,
      added: reading.added,
      backlog:
        counts.active +
        counts.waiting +
        counts.prioritized +
        counts.delayed +
        counts['waiting-children'],
    })
    this.#latest = {
      name: reading.name,
      library: reading.library,
      version: reading.version,
      counts,
      paused: reading.paused,
      workers: reading.workers,
      failureShare: failureShare(finished.failedLastHour, finished.completedLastHour),
      ...throughput(this.#samples, finished.lastMinute),
      oldestWaitingAt: reading.oldestWaitingAt,
      readAt: reading.at,
    }
    return this.#latest
  }
}

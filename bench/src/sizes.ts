import type { Effort } from './compare.ts'

export interface Sizes {
  queues: number[]
  otherClients: number
  failedJobs: number[]
  effort: Effort
  load: { milliseconds: number }
  browserLoads: number
}

export const fullSizes: Sizes = {
  queues: [20, 100, 200],
  otherClients: 500,
  failedJobs: [100_000, 1_000_000],
  effort: {
    warm: { fewest: 3, most: 200, milliseconds: 1500 },
    repetitions: 5,
    round: { fewest: 3, most: 40, milliseconds: 1000 },
  },
  load: { milliseconds: 20_000 },
  browserLoads: 7,
}

/** To try the benchmarks out; its figures say little. */
export const quickSizes: Sizes = {
  queues: [20, 100],
  otherClients: 500,
  failedJobs: [2_000, 20_000],
  effort: {
    warm: { fewest: 2, most: 100, milliseconds: 500 },
    repetitions: 2,
    round: { fewest: 2, most: 20, milliseconds: 300 },
  },
  load: { milliseconds: 3_000 },
  browserLoads: 3,
}

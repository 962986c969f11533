import type { Effort } from './compare.ts'

export interface Sizes {
  queues: number[]
  otherClients: number
  failedJobs: number[]
  effort: Effort
  load: { milliseconds: number }
  browserLoads: number
  /** Of one round; ten seconds hold one reading of the queues out of sight. */
  guest: { queues: number; cycles: number; milliseconds: number }
  /** `asked` times each question, while a producer churns at `rate` jobs a second. */
  mirror: { jobs: number; asked: number; rate: number; followSeconds: number }
  /** Jobs a second; seconds of the longest trial, of the others, and of a cut of the network. */
  follow: { rate: number; seconds: number; others: number; cut: number }
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
  guest: { queues: 200, cycles: 7, milliseconds: 10_000 },
  mirror: { jobs: 1_000_000, asked: 200, rate: 1000, followSeconds: 120 },
  follow: { rate: 1000, seconds: 120, others: 40, cut: 60 },
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
  guest: { queues: 200, cycles: 2, milliseconds: 2_000 },
  mirror: { jobs: 50_000, asked: 20, rate: 500, followSeconds: 10 },
  follow: { rate: 500, seconds: 5, others: 5, cut: 4 },
}

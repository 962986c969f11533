import { batchSize } from './context.ts'

/** Milliseconds of a step that may grow, and of one that shrinks. */
const quick = 60
const slow = 200
/** Bytes of a step, of which a few are in memory at once. */
const heavy = 4 * 1024 * 1024
const [fewest, most] = [batchSize, 8 * batchSize]

/**
 * How many jobs a step of a backfill reads and writes together. More cost less for each and fill the file better;
 * but what happens meanwhile waits for the end of a step, which the budget may put off, and memory is bounded.
 */
export class Pace {
  jobs = 2 * batchSize

  /** @param bytes null where they are not known: then steps do not grow. */
  took(jobs: number, milliseconds: number, bytes: number | null): void {
    if (milliseconds > slow || (bytes ?? 0) > heavy) this.jobs = Math.max(fewest, this.jobs / 2)
    else if (bytes === null) this.jobs = Math.min(this.jobs, 2 * batchSize)
    else if (milliseconds < quick && jobs >= this.jobs && 2 * bytes <= heavy) {
      this.jobs = Math.min(most, this.jobs * 2)
    }
  }
}

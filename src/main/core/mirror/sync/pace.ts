import { batchSize } from './context.ts'

/** Milliseconds of a step that may grow, and of one that shrinks. */
const quick = 60
const slow = 200
const [fewest, most] = [batchSize, 8 * batchSize]

/**
 * How many jobs a step of a backfill reads and writes together. More cost less for each and fill the file better;
 * but what happens meanwhile waits for the end of a step, which the budget may put off.
 */
export class Pace {
  jobs = 2 * batchSize

  took(jobs: number, milliseconds: number): void {
    if (milliseconds > slow) this.jobs = Math.max(fewest, this.jobs / 2)
    else if (milliseconds < quick && jobs >= this.jobs) this.jobs = Math.min(most, this.jobs * 2)
  }
}

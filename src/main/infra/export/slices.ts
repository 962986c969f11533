import { setImmediate } from 'node:timers/promises'
import type { MirrorJob } from '#shared/contract/job-search.ts'

/** Rows that are written down in one go: about two milliseconds. */
const rowsAtOnce = 100

/** Pages in smaller parts, with a turn for everybody else before each. */
export async function* slicesOf(
  pages: AsyncIterable<readonly MirrorJob[]>,
): AsyncGenerator<readonly MirrorJob[], void, undefined> {
  for await (const jobs of pages) {
    for (let start = 0; start < jobs.length; start += rowsAtOnce) {
      await setImmediate()
      yield jobs.slice(start, start + rowsAtOnce)
    }
  }
}

import type { Batch } from './batch.ts'

/**
 * Asks how many bytes a key takes in Redis, which bounds everything in it before any of it is fetched;
 * 0 when there is no such key, null when Redis does not tell (before 4, some look-alikes, rights).
 *
 * `samples` is how many fields of a hash (or nodes of a list) are added up, in their order; of more, the
 * rest is estimated. 0 adds up all of them.
 */
export function askMemory(batch: Batch, key: string, samples: number): () => number | null {
  const reply = batch.add('memory', 'usage', key, 'SAMPLES', samples)
  return () => {
    const bytes = reply()
    if (bytes === null) return 0
    return typeof bytes === 'number' ? bytes : null
  }
}

/**
 * BullMQ's own version from a queue's `meta.version`: `6.7.0` of `bullmq:6.7.0`. Null for anything
 * else: Bull, the Pro edition (which numbers itself differently), and queues that never said.
 */
export function bullmqVersion(metaVersion: string | null): string | null {
  return /^bullmq:(\d+\.\d+\.\d+\S*)$/.exec(metaVersion ?? '')?.[1] ?? null
}

/** The first number of a version such as `6.7.0`. */
export function majorOf(version: string | null): number | null {
  const major = /^(\d+)\./.exec(version ?? '')?.[1]
  return major === undefined ? null : Number(major)
}

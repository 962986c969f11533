/**
 * The part of a key between its first `{` and the next `}`: all that a cluster looks at to choose a
 * slot. Null when there is none or nothing is in it, since then the whole key decides.
 * https://redis.io/docs/latest/operate/oss_and_stack/reference/cluster-spec/#hash-tags
 */
export function hashTagOf(key: string): string | null {
  const start = key.indexOf('{')
  const end = key.indexOf('}', start + 1)
  return start === -1 || end <= start + 1 ? null : key.slice(start + 1, end)
}

/**
 * Whether all keys of a queue are in one slot of a cluster, as BullMQ's scripts need: whether its
 * `<prefix>:<name>` holds a hash tag, as with prefix `{bull}` or a queue named `{orders}`.
 */
export function sharesSlot(queueRoot: string): boolean {
  return hashTagOf(queueRoot) !== null
}

/** Whether two keys are surely in one slot; two of different hash tags may be by chance. */
export function inSameSlot(one: string, other: string): boolean {
  return (hashTagOf(one) ?? one) === (hashTagOf(other) ?? other)
}

/*
 * An environment may have several key prefixes. A queue under the first one goes by its name, one under
 * another by `<prefix>:<name>`: a queue's name holds no colon (BullMQ refuses it), so the last one tells.
 * Each queue has one reference only, by which it is listed, addressed, remembered and audited.
 */

/** The first of an environment's prefixes, `bull` (BullMQ's own) where there is none. */
export function firstPrefix(prefixes: readonly string[]): string {
  return prefixes[0] ?? 'bull'
}

/** What the queue `name` under `prefix` goes by where `first` is the first prefix. */
export function queueReference(first: string, prefix: string, name: string): string {
  return prefix === first ? name : `${prefix}:${name}`
}

/** The prefix and name a reference stands for. */
export function splitQueueReference(
  first: string,
  reference: string,
): { prefix: string; name: string } {
  const colon = reference.lastIndexOf(':')
  if (colon === -1) return { prefix: first, name: reference }
  return { prefix: reference.slice(0, colon), name: reference.slice(colon + 1) }
}

/** Whether this can be a queue of an environment with these prefixes, whether or not it exists. */
export function isQueueReference(prefixes: readonly string[], reference: string): boolean {
  const colon = reference.lastIndexOf(':')
  if (reference.slice(colon + 1).trim() === '') return false
  // The first prefix written out would be a second name for the same queue.
  return colon === -1 || prefixes.lastIndexOf(reference.slice(0, colon)) > 0
}

import { queueReference } from '#shared/domain/queue-reference.ts'

/** A job as BullMQ refers to it from another: `<prefix>:<queue>:<id>`. */
export interface Relative {
  key: string
  /** What the keys of its queue begin with. */
  root: string
  /** As its queue goes by in this environment. */
  queue: string
  job: string
}

/**
 * Takes a job's key apart. A queue's name holds no colon, prefix and id may; `queueKey`
 * (`<prefix>:<queue>`), where it is known, tells where the id begins. Otherwise the last colon does,
 * as in BullMQ's own scripts.
 */
export function relativeOf(prefix: string, key: string, queueKey?: string): Relative {
  const known = queueKey !== undefined && key.startsWith(`${queueKey}:`)
  const end = known ? queueKey.length : key.lastIndexOf(':')
  const root = key.slice(0, end)
  const start = root.lastIndexOf(':')
  return {
    key,
    root,
    queue: queueReference(prefix, root.slice(0, start), root.slice(start + 1)),
    job: key.slice(end + 1),
  }
}

/** The parent named by a job's hash. */
export function parentOf(
  prefix: string,
  parentKey: string | null,
  parent: string | null,
): Relative | null {
  if (parentKey === null || parentKey === '') return null
  return relativeOf(prefix, parentKey, queueKeyIn(parent))
}

function queueKeyIn(parent: string | null): string | undefined {
  try {
    const { queueKey } = JSON.parse(parent ?? '{}') as { queueKey?: unknown }
    return typeof queueKey === 'string' ? queueKey : undefined
  } catch {
    return undefined
  }
}

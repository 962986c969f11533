import { setImmediate } from 'node:timers/promises'
import { continues, genesis } from './chain.ts'
import type { AuditHead, AuditStore } from './ports.ts'

/** Entries hashed before the event loop gets its turn: about 5 ms of work. */
const chunk = 250

export interface Verification {
  intact: boolean
  entries: number
  /** The first sequence number that does not hold; null when intact. */
  brokenAt: number | null
}

/**
 * Recomputes the whole chain, a chunk at a time. A changed, missing or inserted entry is found where
 * it stands; a cut tail by the head that is kept apart. Entries appended meanwhile are verified too.
 */
export async function verifyChain(store: AuditStore): Promise<Verification> {
  let last: AuditHead = genesis
  for (;;) {
    const entries = store.after(last.sequence, chunk)
    for (const entry of entries) {
      if (!continues(last, entry)) return broken(last)
      last = { sequence: entry.sequence, hash: entry.hash }
    }
    if (entries.length === 0) {
      const head = store.head() ?? genesis
      if (head.sequence === last.sequence && head.hash === last.hash) {
        return { intact: true, entries: last.sequence, brokenAt: null }
      }
      // Another console may have appended between the two reads.
      if (store.after(last.sequence, 1).length === 0) return broken(last, head)
    }
    await setImmediate()
  }
}

function broken(last: AuditHead, head?: AuditHead): Verification {
  return { intact: false, entries: last.sequence, brokenAt: brokenAt(last, head) }
}

/** The first link that does not hold when `last` is the newest one that does. */
function brokenAt(last: AuditHead, head?: AuditHead): number {
  if (head === undefined || head.sequence > last.sequence) return last.sequence + 1
  // The head is older than the entries, or says that something else stood in the newest place.
  return head.sequence < last.sequence ? head.sequence + 1 : Math.max(1, last.sequence)
}

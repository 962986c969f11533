import canonicalize from 'canonicalize'
import { createHash } from 'node:crypto'
import type { AuditEntry } from '#shared/contract/audit.ts'
import type { AuditHead, StoredEntry } from './ports.ts'

/** What the first entry names as its predecessor. */
export const genesis: AuditHead = { sequence: 0, hash: '0'.repeat(64) }

export type AuditContent = Omit<AuditEntry, 'sequence' | 'previousHash' | 'hash'>

/**
 * SHA-256, as lower-case hex, over the canonical JSON (RFC 8785) of every other field. `details`
 * enters as an object, so the hash can be recomputed from what the API hands out.
 */
export function hashOf(entry: Omit<AuditEntry, 'hash'>): string {
  const { sequence, at, kind, operation, operator, via, environment } = entry
  const { action, queue, job, reason, result, details, previousHash } = entry
  const covered = {
    sequence,
    at,
    kind,
    operation,
    operator,
    via,
    environment,
    action,
    queue,
    job,
    reason,
    result,
    details,
    previousHash,
  }
  return createHash('sha256').update(canonical(covered)).digest('hex')
}

/** The next link after `head`. */
export function seal(head: AuditHead, content: AuditContent): AuditEntry {
  const entry = {
    ...(wellFormed(content) as AuditContent),
    sequence: head.sequence + 1,
    previousHash: head.hash,
  }
  return { ...entry, hash: hashOf(entry) }
}

/** Whether a stored entry continues `previous` and is what its hash says. */
export function continues(previous: AuditHead, stored: StoredEntry): boolean {
  if (stored.sequence !== previous.sequence + 1 || stored.previousHash !== previous.hash) {
    return false
  }
  const entry = unpack(stored)
  return entry !== null && entry.hash === hashOf(entry) && stored.details === pack(entry).details
}

export function pack(entry: AuditEntry): StoredEntry {
  return { ...entry, details: canonical(entry.details) }
}

/** Null when `details` is not an object's JSON, which this program never writes. */
export function unpack(stored: StoredEntry): AuditEntry | null {
  try {
    const details: unknown = JSON.parse(stored.details)
    if (typeof details !== 'object' || details === null || Array.isArray(details)) return null
    return { ...stored, details: details as Record<string, unknown> }
  } catch {
    return null
  }
}

function canonical(value: unknown): string {
  const text = canonicalize(value)
  if (text === undefined) throw new TypeError('not a JSON value')
  return text
}

const loneSurrogate = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g

/** Half a surrogate pair survives neither UTF-8 nor canonical JSON; it becomes U+FFFD before hashing. */
function wellFormed(value: unknown): unknown {
  if (typeof value === 'string') return value.replaceAll(loneSurrogate, '\uFFFD')
  if (Array.isArray(value)) return value.map(wellFormed)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, inner]) => inner !== undefined)
      .map(([name, inner]) => [wellFormed(name), wellFormed(inner)]),
  )
}

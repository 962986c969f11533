import type { Endpoint } from '#shared/contract/profiles.ts'
import { place } from '#shared/domain/redis-url.ts'
import { slotCount } from './key-slot.ts'

/** Who serves what, as one node of the cluster told it. */
export interface Topology {
  /** In the order of their first slot; each once. */
  readonly masters: readonly Endpoint[]
  readonly replicas: readonly Endpoint[]
  /** Whether every slot has a master. */
  readonly complete: boolean
  /** Null where nobody serves the slot. */
  masterOf(slot: number): Endpoint | null
}

/**
 * Reads a reply to CLUSTER SLOTS (the one form every version answers); null when it is none. A node that
 * does not say its own host means the one it was asked by, `asked`.
 */
export function topologyOf(reply: unknown, asked: string): Topology | null {
  if (!Array.isArray(reply)) return null
  const ranges = reply.map((range) => rangeOf(range, asked)).filter((range) => range !== null)
  ranges.sort((one, other) => one.start - other.start)
  const masters = distinct(ranges.map(({ master }) => master))
  const replicas = distinct(ranges.flatMap((range) => range.replicas))
  const served = new Int16Array(slotCount).fill(-1)
  for (const { start, end, master } of ranges) {
    served.fill(
      masters.findIndex((known) => place(known) === place(master)),
      start,
      end + 1,
    )
  }
  return {
    masters,
    replicas,
    complete: !served.includes(-1),
    masterOf: (slot) => masters[served[slot] ?? -1] ?? null,
  }
}

interface Range {
  start: number
  end: number
  master: Endpoint
  replicas: Endpoint[]
}

function rangeOf(range: unknown, asked: string): Range | null {
  if (!Array.isArray(range)) return null
  const [start, end, master, ...others] = range as unknown[]
  const serving = endpointOf(master, asked)
  if (!isSlot(start) || !isSlot(end) || serving === null) return null
  const replicas = others.map((other) => endpointOf(other, asked))
  return { start, end, master: serving, replicas: replicas.filter((replica) => replica !== null) }
}

function isSlot(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value < slotCount
}

function endpointOf(node: unknown, asked: string): Endpoint | null {
  const [told, port] = Array.isArray(node) ? (node as unknown[]) : []
  const host = told === null || told === '' ? asked : told
  // A node whose name is not set, while names are preferred, is told as `?`.
  if (typeof host !== 'string' || host === '?' || typeof port !== 'number') return null
  return port > 0 && port < 65_536 ? { host: host.toLowerCase(), port } : null
}

function distinct(endpoints: readonly Endpoint[]): Endpoint[] {
  return [...new Map(endpoints.map((endpoint) => [place(endpoint), endpoint])).values()]
}

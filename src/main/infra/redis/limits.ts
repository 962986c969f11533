import type { ConnectionReason } from '#shared/contract/connections.ts'
import type { ServerInfo } from './server-info.ts'

/** The part of `maxmemory` above which writes are about to be refused. */
const nearlyFull = 0.9

/**
 * What limits a server that answers, the gravest first: a script nothing else can be done beside,
 * a replica that has lost its primary, memory that is full, a replica, answers slower than usual.
 */
export function limitOf(
  info: ServerInfo | null,
  { busy, slow }: { busy: boolean; slow: boolean },
): ConnectionReason | null {
  if (busy) return 'busy'
  if (info?.masterLink === 'down') return 'replication'
  if (info !== null && isNearlyFull(info)) return 'memory'
  if (info?.role === 'replica') return 'replica'
  return slow ? 'latency' : null
}

function isNearlyFull({ usedMemory, maxMemory }: ServerInfo): boolean {
  return usedMemory !== null && maxMemory !== null && usedMemory > nearlyFull * maxMemory
}

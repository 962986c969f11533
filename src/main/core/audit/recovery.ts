import type { AuditEntry } from '#shared/contract/audit.ts'
import type { ProcessMark, Processes } from './ports.ts'

/** Nothing on one job takes this long; past it an intent of a process nobody can ask is given up. */
const patience = 10 * 60 * 1000

/**
 * Calls `close` for each open intent whose process has ended, and returns how many that were. What
 * another live console is doing right now stays open.
 */
export function closeInterrupted(
  intents: readonly AuditEntry[],
  processes: Processes,
  close: (intent: AuditEntry) => void,
  now: number = Date.now(),
): number {
  const ended = intents.filter((intent) => {
    const mark = markOf(intent)
    const alive = mark === null ? null : processes.isAlive(mark)
    return alive === null ? now - intent.at > patience : !alive
  })
  for (const intent of ended) close(intent)
  return ended.length
}

function markOf({ details }: AuditEntry): ProcessMark | null {
  const mark = details['process']
  if (typeof mark !== 'object' || mark === null) return null
  const { pid, started, host } = mark as Partial<ProcessMark>
  if (typeof pid !== 'number' || typeof host !== 'string') return null
  return { pid, host, started: typeof started === 'string' ? started : null }
}

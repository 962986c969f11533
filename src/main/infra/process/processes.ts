import { readFileSync } from 'node:fs'
import { hostname } from 'node:os'
import type { ProcessMark, Processes } from '#core/audit/ports.ts'

/**
 * Tells processes apart by pid and start time, since a pid is used again. The start time is Linux's
 * (boot id and clock ticks since boot); elsewhere it is null and a pid that lives counts as the same
 * process, which errs towards leaving its work alone.
 */
export function operatingSystemProcesses(): Processes {
  const host = hostname()
  return {
    current: { pid: process.pid, started: startOf(process.pid), host },
    isAlive(mark: ProcessMark) {
      if (mark.host !== host) return null
      if (!exists(mark.pid)) return false
      const started = startOf(mark.pid)
      return mark.started === null || started === null || started === mark.started
    },
  }
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // EPERM: it lives, but belongs to someone else.
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

function startOf(pid: number): string | null {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The command name, field 2, stands in brackets and may hold anything; field 22 is the start.
    const ticks = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]
    return ticks === undefined ? null : `${boot}:${ticks}`
  } catch {
    return null
  }
}

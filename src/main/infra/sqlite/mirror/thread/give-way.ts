import { constants, getPriority, setPriority } from 'node:os'

/** Steps that a thread goes down by: with all processors busy it gets a third of what another one gets. */
const steps = 5

/**
 * Lets others go first where processors are short: the process' other threads, and Redis and workers beside it.
 * On Linux alone, where a thread has a priority of its own; elsewhere it would be that of the process.
 */
export function giveWay(): void {
  if (process.platform !== 'linux') return
  try {
    setPriority(Math.min(constants.priority.PRIORITY_LOW, getPriority() + steps))
  } catch {
    // It works as well without.
  }
}

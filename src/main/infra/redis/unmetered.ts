import type { Budget } from '#shared/contract/profiles.ts'
import type { Allowance } from './allowance.ts'

/** Counts nothing and holds nothing back: for what is no console. */
export function unmetered(ceiling: Budget): Allowance {
  return {
    admit: () => undefined,
    meter: () => {},
    sent: () => {},
    observe: () => {},
    follow: () => {},
    told: () => {},
    cost: () => ({
      commandsPerSecond: 0,
      bytesPerSecond: 0,
      cpuShare: null,
      ceiling,
      background: 'running',
      reason: null,
    }),
    close: () => {},
  }
}

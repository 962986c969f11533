import { powerMonitor } from 'electron'
import type { RequestContext } from '#api/base.ts'

/**
 * Locks every environment when the machine is about to sleep, and has the connections asked whether they
 * live when it is back. Call it once the app is ready.
 */
export function followPower({ environments }: RequestContext['services']): void {
  powerMonitor.on('suspend', () => environments.sleeps())
  powerMonitor.on('resume', () => environments.woke())
}

import type { Cost } from '#shared/contract/connections.ts'

const fewCommandsPerSecond = 50

/**
 * Whether the console's share of Redis' work says anything. Of a Redis that does next to nothing, one PING
 * a second is nearly all of it, which would alarm for nothing.
 */
export function isTellingShare({ commandsPerSecond }: Pick<Cost, 'commandsPerSecond'>): boolean {
  return commandsPerSecond >= fewCommandsPerSecond
}

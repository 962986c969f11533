import type { Redis } from 'ioredis'
import type { Cost, Health } from '#shared/contract/connections.ts'
import type { Urgency } from './link.ts'

/** What a link asks and tells of an environment's budget; one for all of its connections. */
export interface Allowance {
  /**
   * Asked before reads are sent: `undefined` lets them go at once, which is the rule. Otherwise resolves
   * when there is room; background work also waits until Redis may be burdened again. Rejects with
   * ENVIRONMENT_UNREACHABLE when the budget is closed, or too many wait already.
   */
  admit(commands: number, urgency: Urgency): Promise<void> | undefined
  /**
   * Counts every command and byte of a connection from now on, over all its reconnects. Whatever was not
   * asked for by `admit` (PING, INFO, changes) never waits, but what it took is lacking for what waits.
   */
  meter(redis: Redis): void
  /** A command that was sent past what `meter` sees. */
  sent(name: string): void
  /** The round trip of a PING, in milliseconds. */
  observe(latency: number): void
  /** At each change of health: tells when background work stops and goes on. */
  follow(health: Health): void
  /**
   * A reply to INFO with the section `commandstats`, of one server, each 10 to 15 seconds; null when it
   * was refused.
   */
  told(server: string, info: string | null): void
  cost(): Cost
  /** Ends all waiting. */
  close(): void
}

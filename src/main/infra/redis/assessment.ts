import type { HealthEvent } from './health-state.ts'
import { LatencyWatch } from './latency-watch.ts'
import { limitOf } from './limits.ts'
import type { Look } from './look.ts'
import { parseServerInfo, type ServerInfo } from './server-info.ts'

/** What the looks at a server come to: what it is, and how well it serves. */
export class Assessment {
  #info: ServerInfo | null = null
  #latencies = new LatencyWatch()

  /** From the last INFO; null when Redis will not tell. */
  get role(): 'primary' | 'replica' | null {
    return this.#info?.role ?? null
  }

  /** Another connection: what was usual for the one before says nothing of it. */
  begin(): void {
    this.#latencies = new LatencyWatch()
  }

  /** Takes INFO in, before its role is asked for. */
  learn(info: string | null): void {
    this.#info = info === null ? null : parseServerInfo(info)
  }

  assess({ latency, state }: Look, server: string): HealthEvent {
    if (state === 'loading') return { type: 'loading', server }
    if (state === 'serving') this.#latencies.observe(latency)
    const limit = limitOf(this.#info, { busy: state === 'busy', slow: this.#latencies.slow })
    return { type: 'answered', latency, limit, server, version: this.#info?.version ?? null }
  }
}

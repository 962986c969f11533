import type { Redis } from 'ioredis'
import type { Cost, Health } from '#shared/contract/connections.ts'
import type { Budget } from '#shared/contract/profiles.ts'
import { ConsoleError } from '#shared/errors.ts'
import type { Allowance } from '../allowance.ts'
import type { Urgency } from '../link.ts'
import { Caution } from './caution.ts'
import { Ceiling } from './ceiling.ts'
import { CpuShare } from './cpu-share.ts'
import { Meter } from './meter.ts'
import { Traffic } from './traffic.ts'

/** Background work that waits for longer than this is told to be slowed. */
const noticeable = 1000

/** What one environment may cost and what it does cost: all of its connections share it. */
export class EnvironmentBudget implements Allowance {
  readonly #environment: string
  readonly #limits: Budget
  readonly #now: () => number
  readonly #ceiling: Ceiling
  readonly #caution = new Caution()
  readonly #traffic = new Traffic()
  readonly #cpu = new CpuShare()
  readonly #meter = new Meter((name) => this.#cpu.sent(name))
  readonly #waiting = new Set<(error: ConsoleError) => void>()
  #counted = { commands: 0, bytes: 0 }
  #stopped: Cost['reason'] = null
  #timer: NodeJS.Timeout | null = null
  #closed = false

  constructor(options: { environment: string; limits: Budget; now?: () => number }) {
    this.#environment = options.environment
    this.#limits = options.limits
    this.#now = options.now ?? (() => performance.now())
    this.#ceiling = new Ceiling(options.limits, this.#now())
  }

  admit(commands: number, urgency: Urgency): Promise<void> | undefined {
    if (this.#closed) return Promise.reject(this.#refusal('disconnected'))
    this.#collect()
    const now = this.#now()
    if (this.#ceiling.admit(commands, urgency, now)) return undefined
    return new Promise((resolve, reject) => {
      const go = () => {
        this.#waiting.delete(reject)
        resolve()
      }
      if (!this.#ceiling.wait(commands, urgency, now, go)) {
        reject(this.#refusal('timeout'))
        return
      }
      this.#waiting.add(reject)
      this.#pump()
    })
  }

  meter(redis: Redis): void {
    this.#meter.attach(redis)
  }

  sent(name: string): void {
    this.#meter.count(name)
  }

  observe(latency: number): void {
    this.#caution.observe(latency, this.#now())
    this.#adjust()
  }

  follow(health: Health): void {
    this.#stopped = stopReason(health)
    if (this.#stopped === 'offline') {
      this.#ceiling.forget()
      this.#cpu.forget()
    }
    this.#adjust()
  }

  told(server: string, info: string | null): void {
    this.#cpu.told(server, info, this.#now())
  }

  cost(): Cost {
    this.#collect()
    const { commands, bytes } = this.#traffic.perSecond(this.#now())
    return {
      commandsPerSecond: commands,
      bytesPerSecond: bytes,
      cpuShare: this.#cpu.share(),
      ceiling: this.#limits,
      ...this.#background(),
    }
  }

  close(): void {
    this.#closed = true
    if (this.#timer !== null) clearTimeout(this.#timer)
    for (const reject of this.#waiting) reject(this.#refusal('disconnected'))
    this.#waiting.clear()
  }

  #background(): Pick<Cost, 'background' | 'reason'> {
    if (this.#stopped !== null) return { background: 'stopped', reason: this.#stopped }
    if (this.#caution.part < 1) return { background: 'slowed', reason: 'latency' }
    return this.#ceiling.waited(this.#now()) > noticeable
      ? { background: 'slowed', reason: 'ceiling' }
      : { background: 'running', reason: null }
  }

  #adjust(): void {
    this.#ceiling.slow(this.#stopped === null ? this.#caution.part : 0, this.#now())
    this.#pump()
  }

  /** What went over the wire since it was last asked. */
  #collect(): void {
    const now = this.#now()
    const { commands, bytes } = this.#meter.totals
    const [sent, moved] = [commands - this.#counted.commands, bytes - this.#counted.bytes]
    this.#counted = { commands, bytes }
    if (sent === 0 && moved === 0) return
    this.#ceiling.sent(sent, now)
    this.#ceiling.moved(moved, now)
    this.#traffic.add(sent, moved, now)
  }

  #pump(): void {
    if (this.#closed) return
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#timer = null
    this.#collect()
    const nap = this.#ceiling.pump(this.#now())
    if (nap !== null) this.#timer = setTimeout(() => this.#pump(), nap)
  }

  #refusal(reason: 'disconnected' | 'timeout'): ConsoleError {
    return new ConsoleError('ENVIRONMENT_UNREACHABLE', { environment: this.#environment, reason })
  }
}

/** Why background work must not go on, if so. */
function stopReason({ state, reason }: Health): Cost['reason'] {
  switch (state) {
    case 'ready':
      return null
    case 'degraded':
      return reason === 'busy' || reason === 'memory' || reason === 'replication' ? reason : null
    case 'loading':
      return 'loading'
    default:
      return 'offline'
  }
}

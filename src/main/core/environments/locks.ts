import type { Lock } from '#shared/contract/connections.ts'
import type { Profile } from '#shared/contract/profiles.ts'
import { ConsoleError } from '#shared/errors.ts'
import type { AuditRecorder, AuditSubject } from '../audit/audit-trail.ts'
import type { Actor, LockService, Log, Unlocking } from '../services.ts'
import type { EnvironmentRegistry } from './registry.ts'

/** Why an environment locked by itself. */
export type RelockReason = 'time' | 'sleep' | 'quit' | 'profile'

/** What the rest of core needs of the locks. */
export interface LockKeeper {
  stateOf(environment: string): Lock
  lockAll(why: RelockReason): void
  onChange(listener: () => void): () => void
}

/** When what, by two clocks: one that sleep does not stop, and one that setting the time does not move. */
export interface LockClock {
  wall(): number
  steady(): number
}

interface Unlocked {
  actor: Actor
  reason: string
  until: number
  steadyUntil: number
  /** What was unlocked: with another protection it is no longer that. */
  protection: string
}

const minute = 60_000
/** How often the clocks are compared while something is unlocked. */
const look = 1000
/** A look that comes so much too late means that the machine was asleep. */
const sleepGap = 20_000

/**
 * The locks of all environments. What is unlocked is only in memory: it locks again when its time is
 * over by either clock, when the machine slept, when the profile leads elsewhere or is protected in
 * another way, and with the console. Each unlocking, locking and refusal is on record.
 */
export class Locks implements LockService, LockKeeper {
  readonly #registry: EnvironmentRegistry
  readonly #audit: AuditRecorder
  readonly #log: Log
  readonly #clock: LockClock
  readonly #unlocked = new Map<string, Unlocked>()
  readonly #listeners = new Set<() => void>()
  #timer: NodeJS.Timeout | null = null
  #lookedAt = 0

  constructor(parts: {
    registry: EnvironmentRegistry
    audit: AuditRecorder
    log: Log
    clock?: LockClock
  }) {
    this.#registry = parts.registry
    this.#audit = parts.audit
    this.#log = parts.log
    this.#clock = parts.clock ?? { wall: () => Date.now(), steady: () => performance.now() }
    this.#registry.follow({ opened: () => {}, closed: ({ id }) => this.#relock(id, 'profile') })
    this.#registry.onChange(() => this.#followProfiles())
  }

  stateOf(environment: string): Lock {
    const { profile } = this.#registry.get(environment)
    if (profile.access === 'view-only') return shut('view-only')
    if (!profile.locked) return shut('open')
    const unlocked = this.#unlocked.get(environment)
    if (unlocked === undefined) return shut('locked')
    if (this.#isOver(unlocked)) {
      // For good: a clock that is set back must not open it again.
      this.#relock(environment, 'time')
      return shut('locked')
    }
    const { until, reason, actor } = unlocked
    return { state: 'unlocked', until, by: actor.operator, reason }
  }

  unlock(actor: Actor, environment: string, { name, reason, minutes }: Unlocking): Lock {
    const { profile } = this.#registry.get(environment)
    const subject = subjectOf(actor, environment, 'environments.unlock', reason)
    const refusal = this.#refusal(environment, name)
    if (refusal !== null) {
      this.#audit.refusal(subject, refusal.code, { minutes })
      throw refusal
    }
    if (!profile.locked) return this.stateOf(environment)
    const until = this.#clock.wall() + minutes * minute
    const intent = this.#audit.intent(subject, { name: profile.name, minutes, until })
    const steadyUntil = this.#clock.steady() + minutes * minute
    const protection = protectionOf(profile)
    this.#unlocked.set(environment, { actor, reason, until, steadyUntil, protection })
    this.#audit.outcome(intent, 'ok', { state: 'unlocked' })
    this.#log.info({ environment, minutes }, 'environment unlocked')
    this.#watchClocks()
    this.#changed()
    return this.stateOf(environment)
  }

  lock(actor: Actor, environment: string): Lock {
    this.#registry.get(environment)
    if (this.#unlocked.has(environment)) {
      // Locked first: a record that cannot be written must not leave it open.
      this.#unlocked.delete(environment)
      this.#changed()
      this.#record(actor, environment, 'operator')
    }
    return this.stateOf(environment)
  }

  lockAll(why: RelockReason): void {
    for (const environment of this.#unlocked.keys()) this.#relock(environment, why)
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => {
      this.#listeners.delete(listener)
    }
  }

  close(): void {
    this.lockAll('quit')
    this.#listeners.clear()
    this.#stopWatching()
  }

  #refusal(environment: string, name: string): ConsoleError | null {
    const { profile } = this.#registry.get(environment)
    if (profile.access === 'view-only') {
      return new ConsoleError('ENVIRONMENT_READ_ONLY', { environment })
    }
    return name.trim() === profile.name
      ? null
      : new ConsoleError('CONFIRMATION_NEEDED', { environment })
  }

  #followProfiles(): void {
    for (const [environment, { protection }] of this.#unlocked) {
      const { profile } = this.#registry.get(environment)
      if (protectionOf(profile) !== protection) this.#relock(environment, 'profile')
    }
  }

  #relock(environment: string, why: RelockReason): void {
    const unlocked = this.#unlocked.get(environment)
    if (unlocked === undefined) return
    this.#unlocked.delete(environment)
    this.#changed()
    this.#record(unlocked.actor, environment, why)
  }

  #record(actor: Actor, environment: string, why: RelockReason | 'operator'): void {
    this.#log.info({ environment, why }, 'environment locked')
    try {
      const subject = subjectOf(actor, environment, 'environments.lock', null)
      this.#audit.outcome(this.#audit.intent(subject, { why }), 'ok', { state: 'locked' })
    } catch (error) {
      this.#log.error({ err: error, environment, why }, 'a locking could not be put on record')
    }
  }

  #isOver({ until, steadyUntil }: Unlocked): boolean {
    return this.#clock.wall() >= until || this.#clock.steady() >= steadyUntil
  }

  #watchClocks(): void {
    if (this.#timer !== null) return
    this.#lookedAt = this.#clock.wall()
    this.#timer = setInterval(() => this.#look(), look)
    this.#timer.unref()
  }

  #look(): void {
    const now = this.#clock.wall()
    const slept = now - this.#lookedAt > sleepGap
    this.#lookedAt = now
    if (slept) this.lockAll('sleep')
    for (const [environment, unlocked] of this.#unlocked) {
      if (this.#isOver(unlocked)) this.#relock(environment, 'time')
    }
    if (this.#unlocked.size === 0) this.#stopWatching()
  }

  #stopWatching(): void {
    if (this.#timer !== null) clearInterval(this.#timer)
    this.#timer = null
  }

  #changed(): void {
    for (const listener of this.#listeners) listener()
  }
}

const protectionOf = ({ kind, access, locked }: Profile) => JSON.stringify([kind, access, locked])

const shut = (state: 'open' | 'locked' | 'view-only'): Lock => ({
  state,
  until: null,
  by: null,
  reason: null,
})

function subjectOf(
  actor: Actor,
  environment: string,
  action: string,
  reason: string | null,
): AuditSubject {
  return { actor, environment, action, queue: null, job: null, reason }
}

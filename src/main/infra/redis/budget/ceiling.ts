import type { Budget } from '#shared/contract/profiles.ts'
import type { Urgency } from '../link.ts'
import { Bucket } from './bucket.ts'

/** Seconds of the ceiling that interactive work may borrow. */
const debt = 2
/** Part of a second's worth that background work leaves to interactive work. */
const reserve = 0.5
/** What waits is looked after this often, so that it never misses room that would be lost again. */
const longestNap = 250
const shortestNap = 1
/** More in line are refused: nobody waits behind so many, and memory must not grow. */
const longestLine = { interactive: 1000, background: 100 } as const
/** Rounding of what was paid in parts. */
const nothing = 1e-6

interface Waiting {
  commands: number
  /** Not yet paid. */
  left: number
  since: number
  go: () => void
}

/**
 * When commands may be sent: two buckets, of commands and of bytes, each holding one second's worth.
 *
 * Each urgency has its line, first come first served; background work moves only while no interactive
 * work waits. The head of a line pays in commands before it is sent, in parts where it is large, so a
 * large batch is late rather than over the ceiling. Bytes are known only afterwards: nothing new is
 * sent while too many were. Interactive work goes down to `debt` seconds below zero, background work
 * to `reserve` above it, so background work alone never makes interactive work wait for commands.
 *
 * Pure: times come from outside, `pump` must be called when it says, and after each change.
 */
export class Ceiling {
  readonly #lines: Record<Urgency, Waiting[]> = { interactive: [], background: [] }
  readonly #commands: Bucket
  readonly #bytes: Bucket
  /** What background work may send while it is slowed. */
  readonly #background: Bucket
  readonly #limits: Budget
  #stopped = false
  /** Paid for in advance and about to be sent. */
  #paid = 0

  constructor(limits: Budget, now: number) {
    const { commandsPerSecond, bytesPerSecond } = limits
    this.#limits = limits
    this.#commands = new Bucket(commandsPerSecond, commandsPerSecond, now)
    this.#bytes = new Bucket(bytesPerSecond, bytesPerSecond, now)
    this.#background = new Bucket(commandsPerSecond, commandsPerSecond * reserve, now)
  }

  /** Whether so many commands may go now; they then count as about to be sent. */
  admit(commands: number, urgency: Urgency, now: number): boolean {
    if (this.#lines.interactive.length > 0 || this.#lines[urgency].length > 0) return false
    if (urgency === 'background' && this.#stopped) return false
    if (this.#payable(urgency, now) < commands || !this.#hasBytes(urgency, now)) return false
    this.#pay(commands, urgency, now)
    this.#paid += commands
    return true
  }

  /** Calls `go` from a later `pump`. False when the line is full. */
  wait(commands: number, urgency: Urgency, now: number, go: () => void): boolean {
    const line = this.#lines[urgency]
    if (line.length >= longestLine[urgency]) return false
    line.push({ commands, left: commands, since: now, go })
    return true
  }

  /** Lets go what may go now. Returns after how many milliseconds to call again; null when nobody waits for time. */
  pump(now: number): number | null {
    this.#serve('interactive', now)
    if (this.#lines.interactive.length > 0) return this.#nap('interactive', now)
    if (this.#stopped) return null
    this.#serve('background', now)
    return this.#lines.background.length > 0 ? this.#nap('background', now) : null
  }

  /** Commands that were sent: those not paid for in advance count all the same. */
  sent(commands: number, now: number): void {
    const known = Math.min(commands, this.#paid)
    this.#paid -= known
    if (commands > known) this.#commands.take(commands - known, now)
  }

  /** Bytes sent and received. */
  moved(bytes: number, now: number): void {
    this.#bytes.take(bytes, now)
  }

  /** The part of the ceiling background work may use, 0 to 1; at 0 it is stopped. */
  slow(part: number, now: number): void {
    this.#stopped = part <= 0
    if (this.#stopped) return
    const rate = this.#limits.commandsPerSecond * part
    this.#background.resize(rate, rate * reserve, now)
  }

  /** What was paid for and never sent, since the connection is gone, counts no longer. */
  forget(): void {
    this.#paid = 0
  }

  /** For how long the head of the background line has waited; 0 when nobody does. */
  waited(now: number): number {
    const [head] = this.#lines.background
    return head === undefined ? 0 : now - head.since
  }

  #serve(urgency: Urgency, now: number): void {
    const line = this.#lines[urgency]
    for (let head = line[0]; head !== undefined; head = line[0]) {
      const payable = this.#payable(urgency, now)
      if (payable < 0) return
      const part = Math.min(head.left, payable)
      this.#pay(part, urgency, now)
      head.left -= part
      if (head.left > nothing || !this.#hasBytes(urgency, now)) return
      this.#paid += head.commands
      line.shift()
      head.go()
    }
  }

  #payable(urgency: Urgency, now: number): number {
    const level = this.#commands.level(now)
    const { commandsPerSecond } = this.#limits
    if (urgency === 'interactive') return level + debt * commandsPerSecond
    return Math.min(level - reserve * commandsPerSecond, this.#background.level(now))
  }

  #pay(commands: number, urgency: Urgency, now: number): void {
    this.#commands.take(commands, now)
    if (urgency === 'background') this.#background.take(commands, now)
  }

  #leastBytes(urgency: Urgency): number {
    return this.#limits.bytesPerSecond * (urgency === 'interactive' ? -debt : reserve)
  }

  #hasBytes(urgency: Urgency, now: number): boolean {
    return this.#bytes.level(now) >= this.#leastBytes(urgency)
  }

  #nap(urgency: Urgency, now: number): number {
    const left = this.#lines[urgency][0]?.left ?? 0
    const floor = (urgency === 'interactive' ? -debt : reserve) * this.#limits.commandsPerSecond
    const forCommands = this.#commands.until(floor + left, now)
    const forBytes = this.#bytes.until(this.#leastBytes(urgency), now)
    const forTurn = urgency === 'background' ? this.#background.until(left, now) : 0
    const needed = Math.max(forCommands, forBytes, forTurn)
    return Math.min(longestNap, Math.max(shortestNap, Math.ceil(needed)))
  }
}

import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Urgency } from '../link.ts'
import { Ceiling } from './ceiling.ts'

const rate = 1000
const limits = { commandsPerSecond: rate, bytesPerSecond: 1_000_000 }

interface Sent {
  at: number
  commands: number
  urgency: Urgency
}

/** A ceiling over a clock of its own; what is let go is sent at once, each reply of some bytes. */
class Simulation {
  readonly ceiling = new Ceiling(limits, 0)
  readonly sent: Sent[] = []
  readonly #reply: number
  now = 0
  #next = Infinity

  constructor(bytesPerReply = 0) {
    this.#reply = bytesPerReply
  }

  request(commands: number, urgency: Urgency): boolean {
    if (this.ceiling.admit(commands, urgency, this.now)) {
      this.#send(commands, urgency)
      return true
    }
    this.ceiling.wait(commands, urgency, this.now, () => this.#send(commands, urgency))
    this.pump()
    return false
  }

  pump(): void {
    const nap = this.ceiling.pump(this.now)
    this.#next = nap === null ? Infinity : this.now + nap
  }

  pass(milliseconds: number): void {
    const end = this.now + milliseconds
    while (this.#next <= end) {
      this.now = this.#next
      this.pump()
    }
    this.now = end
  }

  commands(urgency: Urgency): number {
    return this.sent
      .filter((sent) => sent.urgency === urgency)
      .reduce((sum, { commands }) => sum + commands, 0)
  }

  #send(commands: number, urgency: Urgency): void {
    this.sent.push({ at: this.now, commands, urgency })
    this.ceiling.sent(commands, this.now)
    this.ceiling.moved(commands * this.#reply, this.now)
  }
}

/** The most commands of any window beyond what the rate gives for its length. */
function burst(sent: readonly Sent[]): number {
  let most = 0
  for (const [from, first] of sent.entries()) {
    let sum = 0
    for (const { at, commands } of sent.slice(from)) {
      sum += commands
      most = Math.max(most, sum - (rate * (at - first.at)) / 1000)
    }
  }
  return most
}

const largest = 700
const requests = fc.array(
  fc.record({
    after: fc.integer({ min: 0, max: 400 }),
    commands: fc.integer({ min: 0, max: largest }),
    urgency: fc.constantFrom<Urgency>('interactive', 'background'),
    slow: fc.option(fc.constantFrom(1, 0.5, 1 / 16, 0), { freq: 5 }),
  }),
  { maxLength: 120 },
)

test('no window is over the ceiling by more than a second, what may be borrowed, and what was saved for', () => {
  fc.assert(
    fc.property(requests, (requests) => {
      const simulation = new Simulation()
      for (const { after, commands, urgency, slow } of requests) {
        simulation.pass(after)
        if (slow !== null) simulation.ceiling.slow(slow, simulation.now)
        simulation.request(commands, urgency)
      }
      simulation.pass(600_000)
      // One second held, two borrowed; the head of each line may have paid for its whole batch.
      expect(burst(simulation.sent)).toBeLessThanOrEqual(3 * rate + 2 * largest + 1)
      const background = simulation.sent.filter(({ urgency }) => urgency === 'background')
      expect(burst(background)).toBeLessThanOrEqual(rate / 2 + largest + 1)
    }),
  )
})

test('whatever waits goes in the end, each line in its order', () => {
  fc.assert(
    fc.property(requests, (requests) => {
      const simulation = new Simulation()
      for (const { after, commands, urgency } of requests) {
        simulation.pass(after)
        simulation.request(commands, urgency)
      }
      simulation.pass(600_000)
      for (const line of ['interactive', 'background'] as const) {
        const asked = requests.filter(({ urgency }) => urgency === line)
        const sent = simulation.sent.filter(({ urgency }) => urgency === line)
        expect(sent.map(({ commands }) => commands)).toEqual(asked.map(({ commands }) => commands))
      }
    }),
  )
})

test('background work alone never makes interactive work wait', () => {
  fc.assert(
    fc.property(requests, fc.integer({ min: 0, max: 2.5 * rate }), (requests, commands) => {
      const simulation = new Simulation()
      for (const { after, ...request } of requests) {
        simulation.pass(after)
        simulation.request(request.commands, 'background')
      }
      expect(simulation.request(commands, 'interactive')).toBe(true)
    }),
  )
})

test('interactive work borrows two seconds and then waits until it is paid back', () => {
  const simulation = new Simulation()
  expect(simulation.request(3000, 'interactive')).toBe(true)
  expect(simulation.request(10, 'interactive')).toBe(false)
  simulation.pass(9)
  expect(simulation.commands('interactive')).toBe(3000)
  simulation.pass(1)
  expect(simulation.commands('interactive')).toBe(3010)
})

test('a batch larger than all that may be borrowed is late, not refused', () => {
  const simulation = new Simulation()
  simulation.request(8000, 'interactive')
  simulation.pass(4999)
  expect(simulation.sent).toEqual([])
  simulation.pass(1)
  expect(simulation.commands('interactive')).toBe(8000)
})

test('background work waits while interactive work needs all there is, and goes on afterwards', () => {
  const simulation = new Simulation()
  simulation.request(3000, 'interactive')
  simulation.request(400, 'background')
  for (let second = 0; second < 10; second += 1) {
    simulation.pass(1000)
    simulation.request(1000, 'interactive')
  }
  expect(simulation.commands('background')).toBe(0)
  expect(simulation.ceiling.waited(simulation.now)).toBe(10_000)
  simulation.pass(4000)
  expect(simulation.commands('background')).toBe(400)
  expect(simulation.ceiling.waited(simulation.now)).toBe(0)
})

test('large replies hold back what comes after them', () => {
  const simulation = new Simulation(10_000)
  simulation.request(400, 'interactive')
  expect(simulation.request(1, 'interactive')).toBe(false)
  simulation.pass(999)
  expect(simulation.commands('interactive')).toBe(400)
  simulation.pass(2)
  expect(simulation.commands('interactive')).toBe(401)
})

test('stopped background work waits and asks for no timer; slowed it keeps to its part', () => {
  const simulation = new Simulation()
  simulation.ceiling.slow(0, 0)
  expect(simulation.request(100, 'background')).toBe(false)
  expect(simulation.ceiling.pump(simulation.now)).toBeNull()
  simulation.pass(60_000)
  expect(simulation.sent).toEqual([])
  simulation.ceiling.slow(0.25, simulation.now)
  simulation.pump()
  for (let index = 0; index < 60; index += 1) simulation.request(50, 'background')
  simulation.pass(8000)
  expect(simulation.commands('background')).toBeGreaterThan(1900)
  expect(simulation.commands('background')).toBeLessThanOrEqual(2250)
})

test('what was sent unasked is lacking for what waits', () => {
  const simulation = new Simulation()
  simulation.ceiling.sent(4000, 0)
  expect(simulation.request(1, 'interactive')).toBe(false)
  simulation.pass(1002)
  expect(simulation.commands('interactive')).toBe(1)
})

test('a line that is too long is refused', () => {
  const ceiling = new Ceiling(limits, 0)
  const outcomes = Array.from({ length: 101 }, () => ceiling.wait(1, 'background', 0, () => {}))
  expect(outcomes.lastIndexOf(true)).toBe(99)
  expect(outcomes[100]).toBe(false)
})

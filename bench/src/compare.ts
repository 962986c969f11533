import type { Redis } from 'ioredis'
import type { Reply } from './http.ts'
import { readMeter, workBetween, type RedisWork } from './redis-meter.ts'
import type { Server } from './server.ts'
import { Times } from './statistics.ts'

export type SideName = 'Vigie' | 'bull-board'

export interface Side {
  name: SideName
  server: Server
  request: () => Promise<Reply>
}

/** Means per request but for the times; milliseconds and bytes. */
export interface Measured {
  requests: number
  p50: number
  p95: number
  commands: number
  redisBytes: number
  httpBytes: number
  redisCpu: number
  serverCpu: number
  /** How late the server's event loop ran at the 99th percentile. */
  loopDelay: number
}

export interface Comparison {
  /** Names the comparison in the results, such as `overview/100/500-clients`. */
  key: string
  title: string
  sides: Record<SideName, Measured>
}

/** A run of one side's requests: at least `fewest`, then until either limit. */
export interface Round {
  fewest: number
  most: number
  milliseconds: number
}

export interface Effort {
  warm: Round
  repetitions: number
  round: Round
}

/**
 * Measures two sides by turns on the same Redis: rounds of requests, the side that begins changing
 * with each repetition, so that neither profits from what the machine does meanwhile.
 */
export async function compare(
  redis: Redis,
  name: { key: string; title: string },
  sides: readonly [Side, Side],
  { warm, repetitions, round }: Effort,
): Promise<Comparison> {
  const tallies = sides.map((side) => new Tally(side))
  // Not counted: afterwards code is compiled, scripts are loaded, connections are open.
  for (const { request } of sides) await during(warm, request)
  for (let repetition = 0; repetition < repetitions; repetition += 1) {
    const order = repetition % 2 === 0 ? tallies : tallies.toReversed()
    for (const tally of order) await tally.run(redis, round)
  }
  const measured = tallies.map((tally) => [tally.side.name, tally.result()] as const)
  return { ...name, sides: Object.fromEntries(measured) as Record<SideName, Measured> }
}

class Tally {
  readonly side: Side
  readonly #times = new Times()
  readonly #work: RedisWork = { commands: 0, input: 0, output: 0, cpu: 0 }
  #httpBytes = 0
  #serverCpu = 0
  #loopDelay = 0

  constructor(side: Side) {
    this.side = side
  }

  async run(redis: Redis, round: Round) {
    const { server, request } = this.side
    server.resetProbe()
    const probeBefore = await server.readProbe()
    const before = await readMeter(redis)
    await during(round, async () => {
      const reply = await request()
      this.#times.add(reply.milliseconds)
      this.#httpBytes += reply.bytes
    })
    const work = workBetween(before, await readMeter(redis))
    const probe = await server.readProbe()
    this.#work.commands += work.commands
    this.#work.input += work.input
    this.#work.output += work.output
    this.#work.cpu += work.cpu
    this.#serverCpu += probe.cpu - probeBefore.cpu
    this.#loopDelay = Math.max(this.#loopDelay, probe.delay.p99)
  }

  result(): Measured {
    const requests = this.#times.count
    return {
      requests,
      p50: this.#times.percentile(50),
      p95: this.#times.percentile(95),
      commands: this.#work.commands / requests,
      redisBytes: (this.#work.input + this.#work.output) / requests,
      httpBytes: this.#httpBytes / requests,
      redisCpu: this.#work.cpu / requests,
      serverCpu: this.#serverCpu / requests,
      loopDelay: this.#loopDelay,
    }
  }
}

async function during({ fewest, most, milliseconds }: Round, work: () => Promise<unknown>) {
  const started = performance.now()
  for (let count = 0; count < most; count += 1) {
    if (count >= fewest && performance.now() - started > milliseconds) return
    await work()
  }
}

import type { Redis } from 'ioredis'
import type { TestRedis } from '../../test-support/redis.ts'
import { BullBoard } from './bull-board.ts'
import { NoopWorker } from './noop-worker.ts'
import { fillOverview } from './overview-queues.ts'
import type { JobTemplate } from './real-jobs.ts'
import { readMeter, workBetween } from './redis-meter.ts'
import type { Server } from './server.ts'
import type { Sizes } from './sizes.ts'
import { Vigie } from './vigie.ts'

/** The table of queues alone, without what is read for the mirror, is measured apart. */
export type GuestName = 'nobody' | 'Vigie' | 'Vigie, mirror paused' | 'bull-board'

export interface GuestFigures {
  /** Jobs per second of each round, in the order of the cycles. */
  rounds: number[]
  /** The median of the rounds. */
  throughput: number
  /** Lost to the round with nobody of the same cycle: the median. */
  drop: number
  /** What the guest alone does to a Redis at rest, per second. */
  commands: number
  bytes: number
  /** Milliseconds of Redis' CPU time per second. */
  redisCpu: number
  /** Milliseconds of its own process' CPU time per second. */
  ownCpu: number
}

export interface GuestResult {
  queues: number
  visible: number
  cycles: number
  /** Of one round. */
  seconds: number
  guests: Record<GuestName, GuestFigures>
}

interface Guest {
  server: Server | null
  /** Begins to watch, resolves when it does; the function it gives ends it. */
  enter: () => Promise<() => Promise<void>>
}

const prefix = 'guest'
const pollEvery = 5000
/** Long enough for two polls of bull-board, and one reading of the queues out of Vigie's sight. */
const aloneFor = 10_000
const visible = 40

/**
 * How much slower a worker is while a console watches all queues: the worker works off no-op jobs in
 * rounds, with nobody watching, with Vigie and with bull-board, by turns. Each guest does what it does
 * for one window that shows its table of queues.
 */
export async function benchGuest(
  server: TestRedis,
  redis: Redis,
  templates: readonly JobTemplate[],
  { guest: { queues: count, cycles, milliseconds } }: Sizes,
): Promise<GuestResult> {
  const queues = await fillOverview(server, templates, prefix, count - 1)
  const worked = 'noop'
  const worker = await NoopWorker.start(server, prefix, worked)
  const all = [...queues, worked]
  const vigie = await Vigie.start(server.port, prefix, 'default')
  const bullBoard = await BullBoard.start(server.url, [{ path: '/board', prefix, queues: all }])
  try {
    await vigie.discovered(all)
    await vigie.mirrored()
    await vigie.disconnect()
    // So that none of what it does at its start is measured.
    await bullBoard.overview('/board')
    const guests: Record<GuestName, Guest> = {
      nobody: { server: null, enter: () => Promise.resolve(() => Promise.resolve()) },
      Vigie: {
        server: vigie.server,
        enter: () => watchWithVigie(vigie, 'resume', [worked, ...queues].slice(0, visible)),
      },
      'Vigie, mirror paused': {
        server: vigie.server,
        enter: () => watchWithVigie(vigie, 'pause', [worked, ...queues].slice(0, visible)),
      },
      'bull-board': { server: bullBoard.server, enter: () => pollBullBoard(bullBoard) },
    }
    const names = Object.keys(guests) as GuestName[]
    const alone = await measureAlone(redis, guests)
    const rounds: Record<GuestName, number[]> = {
      nobody: [],
      Vigie: [],
      'Vigie, mirror paused': [],
      'bull-board': [],
    }
    let most = 20_000
    for (let cycle = 0; cycle < cycles; cycle += 1) {
      const first = cycle % names.length
      for (const name of [...names.slice(first), ...names.slice(0, first)]) {
        await worker.stock(Math.ceil((most * 1.5 * (milliseconds + 1000)) / 1000))
        const leave = await guests[name].enter()
        const throughput = await worker.throughput(milliseconds)
        await leave()
        rounds[name].push(throughput)
        most = Math.max(most, throughput)
      }
    }
    const figures = names.map((name) => {
      const drops = rounds[name].map((each, cycle) => 1 - each / (rounds.nobody[cycle] ?? each))
      return [
        name,
        {
          rounds: rounds[name],
          throughput: median(rounds[name]),
          drop: median(drops),
          ...alone[name],
        },
      ] as const
    })
    return {
      queues: count,
      visible: Math.min(visible, count),
      cycles,
      seconds: milliseconds / 1000,
      guests: Object.fromEntries(figures) as Record<GuestName, GuestFigures>,
    }
  } finally {
    await worker.stop()
    await vigie.stop()
    await bullBoard.stop()
    await redis.flushdb()
  }
}

/** A window on the table of queues: its stream, with the rows on screen. */
async function watchWithVigie(vigie: Vigie, mirror: 'pause' | 'resume', shown: readonly string[]) {
  await vigie.tellMirror(mirror)
  await vigie.connect()
  const { first, close } = await vigie.watchQueues(shown)
  await first
  return async () => {
    close()
    await vigie.disconnect()
  }
}

/** A window on its overview, which asks every five seconds. */
async function pollBullBoard(bullBoard: BullBoard) {
  await bullBoard.overview('/board')
  let polling: Promise<unknown> = Promise.resolve()
  const timer = setInterval(() => {
    polling = bullBoard.overview('/board')
  }, pollEvery)
  return async () => {
    clearInterval(timer)
    await polling
  }
}

type Alone = Pick<GuestFigures, 'commands' | 'bytes' | 'redisCpu' | 'ownCpu'>

async function measureAlone(redis: Redis, guests: Record<GuestName, Guest>) {
  const figures = {} as Record<GuestName, Alone>
  for (const [name, guest] of Object.entries(guests) as [GuestName, Guest][]) {
    const leave = await guest.enter()
    const cpuBefore = await cpuOf(guest)
    const before = await readMeter(redis)
    const started = performance.now()
    await new Promise((resolve) => setTimeout(resolve, aloneFor))
    const work = workBetween(before, await readMeter(redis))
    const seconds = (performance.now() - started) / 1000
    const ownCpu = (await cpuOf(guest)) - cpuBefore
    await leave()
    figures[name] = {
      commands: work.commands / seconds,
      bytes: (work.input + work.output) / seconds,
      redisCpu: work.cpu / seconds,
      ownCpu: ownCpu / seconds,
    }
  }
  return figures
}

async function cpuOf({ server }: Guest): Promise<number> {
  return server === null ? 0 : (await server.readProbe()).cpu
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other)
  const middle = sorted.length / 2
  return ((sorted[Math.floor(middle)] ?? 0) + (sorted[Math.ceil(middle) - 1] ?? 0)) / 2
}

import { Redis } from 'ioredis'
import { setTimeout as delay } from 'node:timers/promises'
import { startTestRedis } from '../../test-support/redis.ts'
import { churn } from './churn.ts'
import type { ChurnResult } from './churn-process.ts'
import { checkGeneratedJobs, loadJobs } from './generated-jobs.ts'
import { untilEqual } from './until-equal.ts'
import { Pauses } from './pauses.ts'
import { failRealJobs } from './real-jobs.ts'
import type { Sizes } from './sizes.ts'
import { Times } from './statistics.ts'
import { Vigie, type VigieMirror } from './vigie.ts'

const day = 86_400_000

export interface Percentiles {
  p50: number
  p95: number
  slowest: number
}

export interface MirrorResult {
  jobs: number
  backfill: {
    seconds: number
    jobsPerSecond: number
    /** Of another client of Redis, meanwhile. */
    pauses: { p50: number; p99: number; longest: number }
    /** Of Vigie's main process, meanwhile. */
    loopDelay: { p50: number; p99: number; max: number }
  }
  /** Until all text was in the index and all stacks were read, counted from the start. */
  textSeconds: number
  detailsSeconds: number
  /** Of the file with its journal, before anything else happened, and after the producer. */
  bytes: number
  bytesAfter: number
  resident: number
  highest: number
  queries: { title: string; hits: number | null; times: Percentiles }[]
  follow: {
    seconds: number
    rate: number
    done: ChurnResult
    /** From the producer's end until mirror and Redis were equal, job by job. */
    secondsToEqual: number
    compared: number
    gaps: number
    loopDelay: number
  }
}

/** The mirror on a queue of very many failed jobs, then behind a producer that churns. */
export async function benchMirror(sizes: Sizes): Promise<MirrorResult> {
  const { jobs, asked, followSeconds, rate } = sizes.mirror
  const server = await startTestRedis()
  const redis = new Redis(server.url)
  const templates = await failRealJobs(server.url, 64)
  const queue = 'failed'
  const generated = {
    prefix: 'bull',
    queue,
    count: jobs,
    from: Date.now() - 30 * day,
    to: Date.now(),
  }
  await loadJobs(server.port, templates, generated)
  await checkGeneratedJobs(redis, templates, generated)
  const busy = { port: server.port, prefix: 'bull', queue: 'busy', rate }
  // A queue that is known when the console starts.
  await churn({ ...busy, seconds: 1, leave: false })
  const vigie = await Vigie.start(server.port, 'bull', 'ample')
  try {
    await vigie.discovered([queue, busy.queue])
    const backfill = await measureBackfill(vigie, server.url, jobs)
    const textSeconds = await secondsUntil(vigie, ({ text }) => text === null)
    const detailsSeconds = await secondsUntil(vigie, ({ details }) => details === null)
    const { bytes } = await vigie.mirror()
    const working = churn({ ...busy, seconds: followSeconds })
    vigie.server.resetProbe()
    const queries = await measureQueries(vigie, asked)
    const done = await working
    const { delay: loop } = await vigie.server.readProbe()
    const equality = await untilEqual(redis, vigie, [busy.queue])
    if (equality.differences > 0) {
      throw new Error(`Mirror and Redis differ: ${equality.examples.join('; ')}`)
    }
    const { compared, seconds: secondsToEqual } = equality
    const { gaps, bytes: bytesAfter } = await vigie.mirror()
    return {
      jobs,
      backfill,
      textSeconds,
      detailsSeconds,
      bytes,
      bytesAfter,
      ...(await vigie.server.memory()),
      queries,
      follow: {
        seconds: followSeconds,
        rate,
        done,
        secondsToEqual,
        compared,
        gaps,
        loopDelay: loop.p99,
      },
    }
  } finally {
    await vigie.stop()
    redis.disconnect()
    await server.stop()
  }
}

async function measureBackfill(
  vigie: Vigie,
  url: string,
  jobs: number,
): Promise<MirrorResult['backfill']> {
  // What it did at its start is read again from the first job on, with all clocks running.
  await vigie.ask('mirror')
  const pauses = new Pauses(url)
  vigie.server.resetProbe()
  const started = performance.now()
  await vigie.tellMirror('rebuild')
  await until(vigie, ({ rows, backfill }) => rows >= jobs && backfill === null)
  const seconds = (performance.now() - started) / 1000
  const { delay: loopDelay } = await vigie.server.readProbe()
  return { seconds, jobsPerSecond: jobs / seconds, pauses: await pauses.stop(), loopDelay }
}

async function until(vigie: Vigie, holds: (mirror: VigieMirror) => boolean): Promise<void> {
  const started = performance.now()
  while (!holds(await vigie.mirror())) {
    if (performance.now() - started > 900_000) throw new Error('The mirror did not get there')
    await delay(50)
  }
}

async function secondsUntil(
  vigie: Vigie,
  holds: (mirror: VigieMirror) => boolean,
): Promise<number> {
  const started = performance.now()
  await until(vigie, holds)
  return (performance.now() - started) / 1000
}

const filterOf = (filter: string, rest = 'limit=50') =>
  `jobs?filter=${encodeURIComponent(filter)}&${rest}`

/** What is asked by turns, each time with other bounds where it has some. */
const questions: { title: string; path: (turn: number) => string }[] = [
  {
    title: 'name and time, newest 50',
    path: (turn) =>
      filterOf(
        `name:charge-card since:${new Date(Date.now() - (1 + (turn % 29)) * day).toISOString()} until:${new Date(Date.now() - (turn % 29) * day).toISOString()}`,
      ),
  },
  { title: 'word, newest 50 of an eighth', path: () => filterOf('greylisting') },
  {
    title: 'rare word',
    path: (turn) => filterOf(`ord_${String(1000 + turn * 37).padStart(9, '0')}`),
  },
  { title: 'substring, newest 50 of an eighth', path: () => filterOf('"reylist"') },
  { title: 'rare substring', path: (turn) => filterOf(`"d_0000${String(10_000 + turn * 371)}"`) },
  {
    title: 'exact count of an eighth, by name',
    path: () => filterOf('name:charge-card', 'limit=1'),
  },
  { title: 'exact count of an eighth, by word', path: () => filterOf('greylisting', 'limit=1') },
  {
    title: 'half-way down, by offset',
    path: () => filterOf('state:failed', 'limit=50&offset=500000'),
  },
  { title: 'failure groups, 30 days', path: () => 'failures?window=30d&status=all' },
  { title: 'facets of all', path: () => 'jobs/facets' },
]

async function measureQueries(vigie: Vigie, asked: number): Promise<MirrorResult['queries']> {
  const results: MirrorResult['queries'] = []
  for (const { title, path } of questions) {
    const times = new Times()
    let hits: number | null = null
    for (
      let turn = 0;
      turn < (title.startsWith('facets') ? Math.min(asked, 10) : asked);
      turn += 1
    ) {
      const reply = await vigie.ask(path(turn))
      times.add(reply.milliseconds)
      hits = (JSON.parse(reply.body) as { total?: number }).total ?? null
    }
    results.push({
      title,
      hits,
      times: {
        p50: times.percentile(50),
        p95: times.percentile(95),
        slowest: times.percentile(100),
      },
    })
  }
  return results
}

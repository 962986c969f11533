import type { FollowRow } from './bench-follow.ts'
import type { GuestResult } from './bench-guest.ts'
import type { MirrorResult } from './bench-mirror.ts'
import type { ScrollResult } from './bench-scroll.ts'
import type { Results } from './results.ts'

export interface Expectation {
  text: string
  met: boolean
  figure: string
}

/** What Vigie promises of its speed. */
export function judge(results: Results): Expectation[] {
  const { comparisons, guest, load, browser, mirror, quick } = results
  const slower = comparisons.map(({ title, sides }) => ({
    title,
    times: sides['bull-board'].p50 / sides.Vigie.p50,
  }))
  const pages = comparisons.filter(({ key }) => key.startsWith('page/'))
  const bytes = pages.map(({ title, sides }) => ({
    title,
    times: sides['bull-board'].redisBytes / sides.Vigie.redisBytes,
  }))
  const crowded = comparisons
    .filter(({ key }) => key === 'overview/100/clients')
    .map(({ title, sides }) => ({ title, times: sides['bull-board'].p50 / sides.Vigie.p50 }))
  return [
    atLeast('Never slower than bull-board', slower, 1),
    atLeast('Pages of jobs: at least 5 times fewer bytes from Redis', bytes, 5),
    atLeast('100 queues among 500 clients: at least 10 times faster', crowded, 10),
    // Some seconds on a busy machine say nothing of two percent.
    ...(quick ? [] : judgeGuest(guest)),
    below('Page of a million failed jobs: median under 5 ms', load.p50, 5, 'ms'),
    below('Memory of the process at its highest: under 250 MB', load.highest / 1e6, 250, 'MB'),
    below('Web page load to first job row: median under 2 s', browser.p50 / 1000, 2, 's'),
    ...(quick ? [] : judgeMirror(mirror)),
  ]
}

/** What a worker loses. */
export function judgeGuest({ queues, guests }: GuestResult): Expectation[] {
  const text = `A worker among ${queues} watched queues: under 2 % slower`
  return [below(text, guests.Vigie.drop * 100, 2, '%')]
}

/** The mirror of a million failed jobs. Alone, since it can be measured alone. */
export function judgeMirror({ backfill, queries, follow, ...mirror }: MirrorResult): Expectation[] {
  const limits: [title: RegExp, milliseconds: number][] = [
    [/name and time/, 10],
    [/word, newest|rare word/, 20],
    [/substring/, 100],
    [/exact count/, 50],
    [/failure groups/, 100],
  ]
  return [
    {
      text: 'Backfill: at least 80,000 jobs/s',
      met: backfill.jobsPerSecond >= 80_000,
      figure: `${Math.round(backfill.jobsPerSecond).toLocaleString('en')} jobs/s`,
    },
    below('Backfill: another client of Redis waits under 15 ms', backfill.pauses.longest, 15, 'ms'),
    below(
      'Backfill: loop delay of the main process, p99 under 20 ms',
      backfill.loopDelay.p99,
      20,
      'ms',
    ),
    ...queries.flatMap(({ title, times }) =>
      limits
        .filter(([pattern]) => pattern.test(title))
        .map(([, limit]) =>
          below(`Asked of the mirror: ${title}, p95 under ${limit} ms`, times.p95, limit, 'ms'),
        ),
    ),
    below('Mirror on disk: under 450 MB', mirror.bytes / 1e6, 450, 'MB'),
    below('Memory of the process with it: under 300 MB', mirror.highest / 1e6, 300, 'MB'),
    below('Behind a producer: equal to Redis within 5 s', follow.secondsToEqual, 5, 's'),
  ]
}

/** Mirror and Redis after what may happen; how soon only where the machine is not in a hurry. */
export function judgeFollow(rows: readonly FollowRow[], quick: boolean): Expectation[] {
  return rows.flatMap(({ title, equality: { differences, examples, seconds } }) => [
    {
      text: `${title}: mirror and Redis are equal`,
      met: differences === 0,
      figure: [`${differences} differences`, ...examples].join('; '),
    },
    ...(quick || differences > 0 ? [] : [below(`${title}: within 5 s`, seconds, 5, 's')]),
  ])
}

/** A list of a million jobs, scrolled. */
export function judgeScroll({ parts }: ScrollResult): Expectation[] {
  return parts.flatMap(({ title, longest, blank }) => [
    below(`${title}: no frame over 50 ms`, longest, 50.1, 'ms'),
    { text: `${title}: no white gap`, met: blank === 0, figure: `${blank} frames` },
  ])
}

function atLeast(
  text: string,
  figures: readonly { title: string; times: number }[],
  limit: number,
): Expectation {
  const worst = figures.toSorted((left, right) => left.times - right.times)[0]
  if (worst === undefined) return { text, met: false, figure: 'not measured' }
  return { text, met: worst.times >= limit, figure: `${worst.times.toFixed(1)}× (${worst.title})` }
}

function below(text: string, value: number, limit: number, unit: string): Expectation {
  return { text, met: value < limit, figure: `${value.toFixed(value < 10 ? 2 : 0)} ${unit}` }
}

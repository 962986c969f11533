import type { FollowRow } from './bench-follow.ts'
import type { GuestResult } from './bench-guest.ts'
import type { MirrorResult } from './bench-mirror.ts'
import type { ScrollResult } from './bench-scroll.ts'
import type { Comparison, Measured } from './compare.ts'
import type { Expectation } from './expectations.ts'
import type { Results } from './results.ts'

/** The results as Markdown whose tables also read well on a terminal. */
export function report(results: Results, expectations: readonly Expectation[]): string {
  const { machine, guest, load, browser } = results
  const packages = Object.entries(machine.packages).map(([name, version]) => `${name} ${version}`)
  const sections = [
    `# Vigie beside bull-board${results.quick ? ' (quick run: figures say little)' : ''}`,
    [
      `${machine.date}, ${machine.processor}, ${machine.cores} cores, ${machine.memoryGb} GB, ${machine.kernel}`,
      `Node ${machine.node}, Redis ${machine.redis}, ${machine.chromium ?? 'no Chromium'}, ${packages.join(', ')}`,
    ].join('\\\n'),
    '## Side by side, per request',
    table(comparisonHeader, results.comparisons.flatMap(comparisonRows)),
    ...guestSections(guest),
    `## ${(load.jobs / 1e6).toLocaleString('en')} million failed jobs, ${load.seconds.toFixed(0)} s of pages with live streams open`,
    table(
      ['pages', 'p50 ms', 'p95 ms', 'p99 ms', 'loop p99 ms', 'memory MB', 'highest MB'],
      [
        [
          String(load.pages),
          decimal(load.p50),
          decimal(load.p95),
          decimal(load.p99),
          decimal(load.loopDelay),
          decimal(load.resident / 1e6),
          decimal(load.highest / 1e6),
        ],
      ],
    ),
    '## To the first job row on screen',
    table(
      ['start', 'runs', 'p50 ms', 'slowest ms'],
      [
        ['web page, cold', String(browser.loads), decimal(browser.p50), decimal(browser.slowest)],
        ...(results.desktopStart === null
          ? []
          : [['desktop', '', JSON.stringify(results.desktopStart), '']]),
      ],
    ),
    ...mirrorSections(results.mirror),
    ...expectationSections(expectations),
  ]
  return `${sections.join('\n\n')}\n`
}

/** The mirror's part of it, also for a run of that alone. */
export function reportMirror(mirror: MirrorResult, expectations: readonly Expectation[]): string {
  return `${[...mirrorSections(mirror), ...expectationSections(expectations)].join('\n\n')}\n`
}

/** Of a run with the worker alone. */
export function reportGuest(guest: GuestResult, expectations: readonly Expectation[]): string {
  return `${[...guestSections(guest), ...expectationSections(expectations)].join('\n\n')}\n`
}

/** Of a run that only follows producers. */
export function reportFollow(
  rows: readonly FollowRow[],
  expectations: readonly Expectation[],
): string {
  const header = [
    'what happens',
    'seconds',
    'jobs/s',
    'added',
    'completed',
    'failed',
    'cleaned',
    'gaps mended',
    'compared',
    'differences',
    'equal after s',
    'commands/s',
    'gives way',
    'left alone s',
  ]
  const cells = rows.map(({ title, seconds, done, gaps, equality, cost, deferred }) => [
    title,
    String(seconds),
    decimal(done.rate),
    ...[done.added, done.completed, done.failed, done.cleaned, gaps, equality.compared].map(
      (count) => count.toLocaleString('en'),
    ),
    equality.differences === 0
      ? '0'
      : `${equality.differences} (${equality.toldInStep ? 'WRONG' : `late, ${equality.behind} behind`})`,
    decimal(equality.seconds),
    decimal(cost.commandsPerSecond),
    cost.background === 'running' ? 'no' : `${cost.background}, ${cost.reason}`,
    String(deferred),
  ])
  const sections = ['## Mirror and Redis, job by job', table(header, cells)]
  return `${[...sections, ...expectationSections(expectations)].join('\n\n')}\n`
}

/** A list of very many jobs, scrolled; alone. */
export function reportScroll(
  { jobs, parts }: ScrollResult,
  expectations: readonly Expectation[],
): string {
  const header = [
    'what',
    'rows',
    'frames',
    'p50 ms',
    'p99 ms',
    'longest ms',
    'longest drawn ms',
    'dropped',
    'CPU ms a frame',
    'white',
    'placeholders',
  ]
  const cells = parts.map((part) => [
    part.title,
    part.rows.toLocaleString('en'),
    String(part.frames),
    ...[part.p50, part.p99, part.longest, part.longestDrawn].map(decimal),
    String(part.dropped),
    decimal(part.busy),
    String(part.blank),
    String(part.waiting),
  ])
  const sections = [
    `## ${jobs.toLocaleString('en')} jobs scrolled in Chromium`,
    table(header, cells),
    ...expectationSections(expectations),
  ]
  return `${sections.join('\n\n')}\n`
}

function expectationSections(expectations: readonly Expectation[]): string[] {
  return [
    '## Expectations',
    table(
      ['', 'expected', 'measured'],
      expectations.map(({ met, text, figure }) => [met ? 'met' : 'NOT MET', text, figure]),
    ),
  ]
}

function mirrorSections({ jobs, backfill, follow, ...mirror }: MirrorResult): string[] {
  const { loopDelay, pauses } = backfill
  return [
    `## The mirror of ${jobs.toLocaleString('en')} failed jobs`,
    table(
      ['what', 'measured'],
      [
        [
          'backfill',
          `${decimal(backfill.seconds)} s, ${Math.round(backfill.jobsPerSecond).toLocaleString('en')} jobs/s`,
        ],
        ['then the text index', `${decimal(mirror.textSeconds)} s more`],
        ['then stacks and fields', `${decimal(mirror.detailsSeconds)} s more`],
        [
          'another client of Redis waits',
          `p50 ${decimal(pauses.p50)} ms, p99 ${decimal(pauses.p99)} ms, longest ${decimal(pauses.longest)} ms`,
        ],
        [
          'loop delay of the main process',
          `p50 ${decimal(loopDelay.p50)} ms, p99 ${decimal(loopDelay.p99)} ms, longest ${decimal(loopDelay.max)} ms`,
        ],
        [
          'on disk',
          `${decimal(mirror.bytes / 1e6)} MB, ${decimal(mirror.bytesAfter / 1e6)} MB after the producer`,
        ],
        [
          'memory of the process',
          `${decimal(mirror.resident / 1e6)} MB, highest ${decimal(mirror.highest / 1e6)} MB`,
        ],
      ],
    ),
    `### Asked over HTTP while a producer makes ${follow.rate} jobs/s`,
    table(
      ['what', 'hits', 'p50 ms', 'p95 ms', 'slowest ms'],
      mirror.queries.map(({ title, hits, times }) => [
        title,
        hits === null ? '–' : hits.toLocaleString('en'),
        decimal(times.p50),
        decimal(times.p95),
        decimal(times.slowest),
      ]),
    ),
    `### Behind a producer for ${follow.seconds} s`,
    table(
      [
        'added',
        'completed',
        'failed',
        'cleaned',
        'gaps mended',
        'compared',
        'equal after s',
        'loop p99 ms',
      ],
      [
        [
          ...[
            follow.done.added,
            follow.done.completed,
            follow.done.failed,
            follow.done.cleaned,
          ].map((count) => count.toLocaleString('en')),
          String(follow.gaps),
          follow.compared.toLocaleString('en'),
          decimal(follow.secondsToEqual),
          decimal(follow.loopDelay),
        ],
      ],
    ),
  ]
}

function guestSections(guest: GuestResult): string[] {
  const { queues, visible, cycles, seconds } = guest
  return [
    `## One worker, ${queues} queues watched (${visible} on screen): ${cycles} rounds of ${seconds} s each`,
    table(guestHeader, guestRows(guest)),
  ]
}

const guestHeader = [
  'watched by',
  'jobs/s',
  'slowest round',
  'fastest round',
  'drop %',
  'commands/s',
  'Redis bytes/s',
  'Redis CPU ms/s',
  'own CPU ms/s',
]

/** The last four are of the guest alone, on a Redis at rest. */
function guestRows({ guests }: GuestResult): string[][] {
  return Object.entries(guests).map(([name, figures]) => [
    name,
    decimal(figures.throughput),
    decimal(Math.min(...figures.rounds)),
    decimal(Math.max(...figures.rounds)),
    decimal(figures.drop * 100),
    decimal(figures.commands),
    decimal(figures.bytes),
    decimal(figures.redisCpu),
    decimal(figures.ownCpu),
  ])
}

const comparisonHeader = [
  'what',
  'side',
  'p50 ms',
  'p95 ms',
  'commands',
  'Redis bytes',
  'HTTP bytes',
  'Redis CPU ms',
  'server CPU ms',
  'loop p99 ms',
]

const comparedFields = [
  'p50',
  'p95',
  'commands',
  'redisBytes',
  'httpBytes',
  'redisCpu',
  'serverCpu',
  'loopDelay',
] as const satisfies readonly (keyof Measured)[]

function comparisonRows({ title, sides }: Comparison): string[][] {
  const { Vigie: ours, 'bull-board': theirs } = sides
  return [
    [title, 'Vigie', ...comparedFields.map((field) => decimal(ours[field]))],
    ['', 'bull-board', ...comparedFields.map((field) => decimal(theirs[field]))],
    ['', 'ratio', ...comparedFields.map((field) => `${decimal(theirs[field] / ours[field])}×`)],
  ]
}

/** Three digits, or all of a whole number's. */
function decimal(value: number): string {
  if (!Number.isFinite(value)) return '–'
  const digits = value >= 100 ? 0 : value >= 10 ? 1 : 2
  return value.toLocaleString('en', {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  })
}

function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = header.map((name, column) =>
    Math.max(name.length, ...rows.map((row) => (row[column] ?? '').length)),
  )
  const line = (cells: readonly string[]) =>
    `| ${cells
      .map((cell, column) => {
        const width = widths[column] ?? 0
        return /^[\d.,×–-]+$/.test(cell) ? cell.padStart(width) : cell.padEnd(width)
      })
      .join(' | ')} |`
  return [
    line(header),
    `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`,
    ...rows.map(line),
  ].join('\n')
}

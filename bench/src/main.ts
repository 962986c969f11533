/* Measures Vigie beside bull-board; see README.md. `--quick` tries everything out on small sizes. */
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { Redis } from 'ioredis'
import { chromiumExecutable } from '../../e2e/support/chromium.ts'
import { startTestRedis } from '../../test-support/redis.ts'
import { alone } from './alone.ts'
import { benchBrowser } from './bench-browser.ts'
import { benchGuest } from './bench-guest.ts'
import { benchLoad } from './bench-load.ts'
import { benchMirror } from './bench-mirror.ts'
import { benchOverview } from './bench-overview.ts'
import { benchPages, type PagedQueue } from './bench-pages.ts'
import { judge } from './expectations.ts'
import { checkGeneratedJobs, loadJobs } from './generated-jobs.ts'
import { describeMachine, versionOf } from './machine.ts'
import { failRealJobs, makeLargeJobs } from './real-jobs.ts'
import { report } from './report.ts'
import type { Results } from './results.ts'
import { fullSizes, quickSizes } from './sizes.ts'
import { step } from './step.ts'
import { Vigie } from './vigie.ts'

const { values: flags } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    /** One part alone: see `alone`. */
    only: { type: 'string' },
    /** Of `follow`: how long each producer runs, and the trials whose title has this text. */
    seconds: { type: 'string' },
    trial: { type: 'string' },
  },
})
const sizes = flags.quick ? quickSizes : fullSizes
const results = resolve(import.meta.dirname, '../results')
const day = 86_400_000

if (flags.only !== undefined) {
  const measure = alone[flags.only]
  if (measure === undefined) {
    console.error(`--only takes one of ${Object.keys(alone).join(', ')}`)
    process.exit(2)
  }
  const own = Number(flags.seconds)
  const follow = { ...sizes.follow, ...(own > 0 ? { seconds: own, others: own } : {}) }
  const asked = { sizes: { ...sizes, follow }, quick: flags.quick, trial: flags.trial }
  const { measured, expectations, text } = await measure(asked)
  await mkdir(results, { recursive: true })
  await writeFile(
    join(results, `${flags.only}.json`),
    `${JSON.stringify({ ...measured, expectations }, null, 2)}\n`,
  )
  console.log(text)
  // Small sizes say whether it is right, not how fast it is.
  const counts = !flags.quick || flags.only === 'follow'
  process.exit(counts && expectations.some(({ met }) => !met) ? 1 : 0)
}

const server = await startTestRedis()
const redis = new Redis(server.url)
try {
  const measured = await measure()
  const expectations = judge(measured)
  const text = report(measured, expectations)
  await mkdir(results, { recursive: true })
  await writeFile(
    join(results, 'latest.json'),
    `${JSON.stringify({ ...measured, expectations }, null, 2)}\n`,
  )
  await writeFile(join(results, 'latest.md'), text)
  console.log(text)
  if (expectations.some(({ met }) => !met)) process.exitCode = 1
} finally {
  redis.disconnect()
  await server.stop()
}

async function measure(): Promise<Results> {
  const chromium = chromiumExecutable()
  if (chromium === null)
    throw new Error('Install Chromium (apt-get install chromium) to measure it')
  const machine = await describeMachine(redis, await versionOf(chromium))
  const templates = await step('failing real jobs', () => failRealJobs(server.url, 64))
  const overview = await step('overview', () => benchOverview(server, redis, templates, sizes))

  const guest = await step('a worker among guests', () =>
    benchGuest(server, redis, templates, sizes),
  )

  const pages: PagedQueue[] = []
  for (const count of sizes.failedJobs) {
    const queue = `failed-${count}`
    const generated = { prefix: 'bull', queue, count, from: Date.now() - 30 * day, to: Date.now() }
    await step(`loading ${count} failed jobs`, () => loadJobs(server.port, templates, generated))
    await checkGeneratedJobs(redis, templates, generated)
    const said = `50 of ${count.toLocaleString('en')} failed jobs`
    const page = { queue, state: 'failed', size: 50 } as const
    pages.push(
      { key: `page/${count}/first`, title: `First page, ${said}`, depth: 0, ...page },
      { key: `page/${count}/deep`, title: `Page half-way, ${said}`, depth: count / 2, ...page },
    )
  }
  const large = await step('making jobs of 1 MB', () =>
    makeLargeJobs(server.url, { name: 'large', count: 10, bytes: 1 << 20 }),
  )
  for (const state of ['failed', 'completed'] as const) {
    const title = `Page of 10 ${state} jobs of 1 MB`
    pages.push({
      key: `page/large/${state}`,
      title,
      queue: large[state],
      state,
      size: 10,
      depth: 0,
    })
  }
  const queues = [...new Set(pages.map(({ queue }) => queue))]
  const largest = `failed-${Math.max(...sizes.failedJobs)}`

  const vigie = await Vigie.start(server.port, 'bull', 'ample')
  try {
    await vigie.tellMirror('pause')
    await step('discovery', () => vigie.discovered(queues))
    return {
      machine,
      quick: flags.quick,
      comparisons: [
        ...overview,
        ...(await step('pages', () => benchPages(server, redis, vigie, pages, sizes.effort))),
      ],
      guest,
      load: await step('load', () => benchLoad(vigie, largest, sizes.load.milliseconds)),
      browser: await step('browser', () => benchBrowser(vigie, chromium, largest, sizes)),
      mirror: await step('the mirror', () => benchMirror(sizes)),
      desktopStart: await desktopStart(),
    }
  } finally {
    await vigie.stop()
  }
}

/** What the desktop tests measured, when they ran on this machine. */
async function desktopStart(): Promise<unknown> {
  const path = resolve(import.meta.dirname, '../../artifacts/desktop-start.json')
  const text = await readFile(path, 'utf8').catch(() => null)
  return text === null ? null : (JSON.parse(text) as unknown)
}

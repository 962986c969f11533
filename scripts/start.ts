/** `npm start`: builds what is needed, and opens the console on a Redis or, when none is named, on a demo. */
import { startDemo, type Demo } from '../demo/demo.ts'
import { parseOptions, type Options } from '../src/main/options.ts'
import { openBrowser } from './lib/browser.ts'
import { ensureBuilt } from './lib/build.ts'
import { startConsole, type RunningConsole } from './lib/console.ts'
import { chooseEntry, type Entry } from './lib/entry.ts'
import { withoutRedis } from './lib/flags.ts'
import { isRoot } from './lib/project.ts'
import { makeTemporaryData } from './lib/temporary-data.ts'

const flags = process.argv.slice(2)
const parsed = parseOptions(flags, process.env)
if (parsed.kind === 'problem') {
  console.error(`vigie: ${parsed.problem}`)
  process.exitCode = 2
} else if (parsed.kind !== 'run') {
  console.log(parsed.text)
} else {
  // What was given up half way, such as a demo that is still starting, ends with this process.
  process.exit(await start(parsed.options))
}

async function start(options: Options): Promise<number> {
  const stopped = awaitSignal()
  const entry = await Promise.race([chooseEntry(options.entry), stopped])
  if (entry === 'stopped') return 0
  if (entry.kind === 'impossible') {
    console.error(`vigie: ${entry.why}`)
    return 2
  }
  announce(entry)
  const preparing = Promise.all([
    ensureBuilt(),
    options.environment === null ? startDemo().catch(tellDemoFailure) : null,
  ])
  const prepared = await Promise.race([preparing, stopped])
  if (prepared === 'stopped') return 0
  const [built, demo] = prepared
  if (!built || demo === 'failed') {
    if (demo !== null && demo !== 'failed') await demo.stop()
    return 1
  }
  if (demo !== null) console.log(`The demo runs on ${demo.description}.`)
  const data = demo !== null && !options.dataGiven ? await makeTemporaryData() : null
  const running = startConsole({
    entry,
    flags: [...withoutRedis(flags), ...(data === null ? [] : ['--data', data.path])],
    environment: environmentFor(options, demo),
    onOpen: openBrowser,
  })
  try {
    return await watch(running, demo, stopped)
  } finally {
    await data?.remove()
  }
}

/** Lives until the console, the demo or the operator ends it; then everything has ended. */
async function watch(
  running: RunningConsole,
  demo: Demo | null,
  stopped: Promise<'stopped'>,
): Promise<number> {
  const outcome = await Promise.race([
    running.ended,
    stopped,
    ...(demo === null ? [] : [demo.ended.then(() => 'demo' as const)]),
  ])
  if (outcome === 'stopped') awaitSecondSignal(running)
  if (outcome === 'demo') console.error('vigie: the demo has ended unexpectedly')
  await Promise.all([running.stop(), demo?.stop()])
  if (outcome === 'stopped') return 0
  if (typeof outcome === 'number') return outcome
  if (outcome !== 'demo') console.error(`vigie: the console was ended by ${outcome}`)
  return 1
}

function announce(entry: Extract<Entry, { kind: 'desktop' | 'web' }>): void {
  if (entry.kind === 'web' && entry.why !== null) {
    console.log(`Starting in the browser: ${entry.why}.`)
  }
  if (entry.kind === 'desktop' && isRoot()) {
    console.log('Running as root, so Electron starts without its sandbox (--no-sandbox).')
  }
}

function environmentFor(options: Options, demo: Demo | null): Record<string, string> {
  if (demo !== null) return { VIGIE_REDIS: demo.url, VIGIE_DEMO: '1' }
  return options.environment === null ? {} : { VIGIE_REDIS: options.environment.url }
}

function tellDemoFailure(error: unknown): 'failed' {
  console.error(`vigie: ${error instanceof Error ? error.message : 'the demo did not start'}`)
  return 'failed'
}

async function awaitSignal(): Promise<'stopped'> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(signal, () => resolve('stopped'))
    }
  })
}

/** Who asks twice does not want to wait. */
function awaitSecondSignal(running: RunningConsole): void {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => running.kill())
}

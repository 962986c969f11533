import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { startDemo, type DemoChoices } from '../../demo/demo.ts'
import { freePort } from '../../test-support/free-port.ts'

const root = resolve(import.meta.dirname, '../..')
/** A worker that is given up after a failed test runs no hooks: the console must end by itself. */
const endWithParent = pathToFileURL(join(root, 'scripts/lib/end-with-parent.ts')).href

export interface ConsoleUnderTest {
  /** As the console printed it, with the access token: what an operator opens. */
  url: string
  /** `http://127.0.0.1:<port>`, without a slash at the end. */
  origin: string
  token: string
  pid: number
  /** What it wrote so far, stdout and stderr together. */
  output(): string
  /** Ends it by SIGTERM and answers its exit code; its data folder is removed unless it was given. */
  stop(): Promise<number | null>
}

export interface ConsoleSettings {
  /** Redis to open; without one, and without a demo, the console opens with no environment. */
  redis?: string
  /** Opens the demo, as `npm start` does: one of its own, made by these choices, unless `redis` is one. */
  demo?: DemoChoices
  /** Data folder that outlives the console, to test a restart. */
  data?: string
  /** Further command line flags, such as `--read-only` or `--kind production`. */
  flags?: readonly string[]
  environment?: Readonly<Record<string, string>>
  /** Words that start the program after them in their own process, such as `nice`. */
  through?: readonly string[] | undefined
}

/** Starts the built web entry (`npm run build` first) on a free port and waits until it listens. */
export async function startConsole(settings: ConsoleSettings = {}): Promise<ConsoleUnderTest> {
  const demo =
    settings.demo !== undefined && settings.redis === undefined
      ? await startDemo(settings.demo)
      : null
  const redis = settings.redis ?? demo?.url
  const data = settings.data ?? (await mkdtemp(join(tmpdir(), 'vigie-e2e-')))
  const port = await freePort()
  const flags = ['--port', String(port), '--no-open', '--data', data, ...(settings.flags ?? [])]
  const { VIGIE_REDIS: _redis, VIGIE_DEMO: _demo, ...inherited } = process.env
  const [program, ...words] = [...(settings.through ?? []), process.execPath]
  const child = spawn(
    program,
    [...words, '--import', endWithParent, join(root, 'out/main/serve.js'), ...flags],
    {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      env: {
        ...inherited,
        // A test keeps nothing in the keychain of whoever runs it.
        DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nonexistent',
        ...(redis === undefined ? {} : { VIGIE_REDIS: redis }),
        ...(settings.demo === undefined ? {} : { VIGIE_DEMO: '1' }),
        ...settings.environment,
      },
    },
  )
  const exited = once(child, 'exit').then(([code]) => code as number | null)
  let output = ''
  const printed = new Promise<string>((found) => {
    const read = (chunk: Buffer) => {
      output += chunk.toString()
      const url = /https?:\/\/\S+token=\S+(?=\s)/.exec(output)?.[0]
      if (url !== undefined) found(url)
    }
    child.stdout?.on('data', read)
    child.stderr?.on('data', read)
  })
  const stop = async () => {
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM')
    const code = await exited
    await demo?.stop()
    if (settings.data === undefined) await rm(data, { recursive: true, force: true })
    return code
  }

  const url = await Promise.race([printed, exited, expired(20_000)])
  if (typeof url !== 'string') {
    await stop()
    throw new Error(`The console printed no URL with its token. It wrote:\n${output}`)
  }
  const { origin } = new URL(url)
  const token = /token=([^&\s]+)/.exec(url)?.[1] ?? ''
  return { url, origin, token, pid: child.pid ?? 0, output: () => output, stop }
}

/** Resolves to null when the time is over; the timer alone keeps no process alive. */
async function expired(milliseconds: number): Promise<null> {
  return new Promise((over) => setTimeout(over, milliseconds, null).unref())
}

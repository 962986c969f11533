import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { compose, type Console } from './compose.ts'
import { fileProblem } from './infra/file-problem.ts'
import { forkHelper } from './infra/keychain/helper-process.ts'
import { StoreError } from './infra/sqlite/store-error.ts'
import { parseOptions, type Options } from './options.ts'
import { askToOpen } from './starter.ts'
import { version } from './version.ts'
import { listenProblem } from './web/listen-problem.ts'
import { startWeb } from './web/start.ts'

/** Does what the command line says. `out` is the folder of the build. */
export async function serveConsole(out: string): Promise<void> {
  const parsed = parseOptions(process.argv.slice(2), process.env)
  if (parsed.kind === 'problem') exit(2, parsed.problem)
  else if (parsed.kind !== 'run') console.log(parsed.text)
  else await serve(parsed.options, out).catch(explain)
}

async function serve(options: Options, out: string): Promise<void> {
  const { dataDirectory, environment, host, port } = options
  for (const warning of options.warnings) console.error(warning)
  const environments = environment === null ? [] : [environment]
  const opened = await compose({
    entry: 'web',
    version,
    dataDirectory,
    environments,
    startKeychain: () => forkHelper(join(out, 'main', 'keychain.js')),
  })
  try {
    const web = await startWeb({
      services: opened.services,
      host,
      port,
      token: options.token ?? randomBytes(32).toString('base64url'),
      tokenLasts: options.token !== null,
      staticDirectory: join(out, 'renderer'),
      docsDirectory: join(out, 'main', 'api-docs'),
      operator: opened.services.about.operator,
    })
    endWithProcess(opened, () => web.close())
    console.log(`Vigie is at ${web.url}`)
    if (options.open) askToOpen(web.ticketUrl())
  } catch (error) {
    await opened.close()
    throw error
  }
}

/** A second signal does not wait for what the first one began. */
function endWithProcess(opened: Console, closeWeb: () => Promise<void>): void {
  let ending = false
  const end = (code: number) => {
    if (ending) process.exit(code === 0 ? 130 : code)
    ending = true
    closeWeb()
      .then(() => opened.close())
      .then(
        () => process.exit(code),
        (error: unknown) => {
          opened.services.log.error({ err: error }, 'could not close cleanly')
          process.exit(1)
        },
      )
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => end(0))
  for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
    process.on(event, (error: unknown) => {
      opened.services.log.error({ err: error }, 'uncaught error')
      console.error('vigie: an unexpected error ended the console; its log has the details')
      end(1)
    })
  }
}

function explain(error: unknown): void {
  if (error instanceof StoreError) return exit(2, error.message)
  const problem = listenProblem(error) ?? folderProblem(error)
  if (problem !== null) return exit(2, problem)
  console.error('vigie: the console cannot start', error)
  process.exit(1)
}

/** Null unless the data folder cannot be made or written. */
function folderProblem(error: unknown): string | null {
  if (!(error instanceof Error) || !('syscall' in error) || !('code' in error)) return null
  return error.syscall === 'mkdir' || error.syscall === 'open'
    ? `the data folder cannot be used: ${fileProblem(error)}; choose another with --data DIR`
    : null
}

function exit(code: number, problem: string): void {
  console.error(`vigie: ${problem}`)
  process.exit(code)
}

/** The desktop entry: Electron's shell around the console. */
import { app } from 'electron'
import { join } from 'node:path'
import { prepareRuntime } from './desktop/early.ts'
import { StoreError } from './infra/sqlite/store-error.ts'

// First of all, and before the rest is even loaded: once the app is ready it is too late.
prepareRuntime()
// The one who started it holds this channel: when that has gone, however it went, so does the app.
process.once('disconnect', () => app.quit())

const [{ consoleArguments }, { utilityHelper }, { parseOptions }, { runShell }, { version }] =
  await Promise.all([
    import('./desktop/arguments.ts'),
    import('./desktop/keychain-helper.ts'),
    import('./options.ts'),
    import('./desktop/shell.ts'),
    import('./version.ts'),
  ])

const parsed = parseOptions(consoleArguments(process.argv, app.isPackaged), process.env)
// Chromium's processes inherit the environment and have no use for a secret.
delete process.env['VIGIE_REDIS']

if (parsed.kind === 'problem') {
  process.stderr.write(`vigie: ${parsed.problem}\n`)
  app.exit(2)
} else if (parsed.kind !== 'run') {
  process.stdout.write(`${parsed.text}\n`)
  app.exit(0)
} else {
  const { dataDirectory, environment } = parsed.options
  const out = join(import.meta.dirname, '..')
  runShell({
    dataDirectory,
    version,
    renderer: join(out, 'renderer'),
    preload: join(out, 'preload', 'index.cjs'),
    icon: join(out, '..', 'resources', 'icon.png'),
    async openConsole() {
      const { compose } = await import('./compose.ts')
      const environments = environment === null ? [] : [environment]
      return compose({
        entry: 'desktop',
        version,
        dataDirectory,
        environments,
        startKeychain: () => utilityHelper(join(import.meta.dirname, 'keychain.js')),
      })
    },
    storeProblem: (error) => (error instanceof StoreError ? error.code : null),
  })
}

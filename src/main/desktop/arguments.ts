/** Switches that Chromium and Electron read from the same command line, so not the console's to refuse. */
const runtimeSwitches: ReadonlySet<string> = new Set([
  '--allow-file-access-from-files',
  '--disable-gpu',
  '--disable-dev-shm-usage',
  '--enable-features',
  '--disable-features',
  '--enable-logging',
  '--force-device-scale-factor',
  '--inspect',
  '--inspect-brk',
  '--lang',
  '--no-sandbox',
  '--original-process-start-time',
  '--ozone-platform',
  '--ozone-platform-hint',
  '--password-store',
  '--remote-debugging-port',
  '--remote-debugging-pipe',
])

/**
 * The console's own flags out of a process's arguments: without the executable, the application
 * folder (`electron [-r module] [switches] FOLDER flags`, when not packaged) and the runtime's switches.
 */
export function consoleArguments(argv: readonly string[], packaged: boolean): string[] {
  const rest = argv.slice(1)
  return (packaged ? rest : afterFolder(rest)).filter(
    (argument) => !runtimeSwitches.has(argument.split('=', 1)[0] ?? ''),
  )
}

function afterFolder(args: readonly string[]): string[] {
  let index = 0
  while (index < args.length) {
    const argument = args[index] ?? ''
    if (argument === '-r' || argument === '--require') index += 1
    else if (!argument.startsWith('-')) return args.slice(index + 1)
    index += 1
  }
  return []
}

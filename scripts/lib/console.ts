import { spawn, type ChildProcess } from 'node:child_process'
import { pathToFileURL } from 'node:url'
import { isOpenMessage } from '../../src/main/starter.ts'
import { electronArguments } from '../electron-arguments.ts'
import type { Entry } from './entry.ts'
import { inProject, root } from './project.ts'
import { webNodeFlags } from './web-node-flags.ts'

/** How long the console may take to close before it is killed. Milliseconds. */
const closeTime = 8000

export interface RunningConsole {
  /** Its exit code, or the signal that ended it. */
  ended: Promise<number | NodeJS.Signals>
  stop(): Promise<void>
  kill(): void
}

export interface ConsoleStart {
  entry: Extract<Entry, { kind: 'desktop' | 'web' }>
  /** The console's flags; a Redis address is not among them, since everyone on the machine can see them. */
  flags: readonly string[]
  environment: Readonly<Record<string, string>>
  /** Told an address that is good for one visit, once the web entry listens and wants to be shown. */
  onOpen: (url: string) => void
}

/** Starts the built console as a child that shares this terminal and ends when this process does. */
export function startConsole({ entry, flags, environment, onOpen }: ConsoleStart): RunningConsole {
  const [program, args] =
    entry.kind === 'desktop'
      ? [entry.executable, electronArguments(root, flags)]
      : [
          process.execPath,
          [
            ...webNodeFlags,
            '--import',
            pathToFileURL(inProject('scripts/lib/end-with-parent.ts')).href,
            inProject('out/main/serve.js'),
            ...flags,
          ],
        ]
  const child = spawn(program, args, {
    cwd: inProject(),
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    env: { ...process.env, ...environment },
  })
  child.on('message', (message) => {
    if (isOpenMessage(message)) onOpen(message.url)
  })
  const ended = endOf(child)
  return {
    ended,
    kill: () => void child.kill('SIGKILL'),
    async stop() {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM')
      const impatience = setTimeout(() => child.kill('SIGKILL'), closeTime)
      await ended
      clearTimeout(impatience)
    },
  }
}

async function endOf(child: ChildProcess): Promise<number | NodeJS.Signals> {
  return new Promise((resolve) => {
    child.once('exit', (code, signal) => resolve(code ?? signal ?? 1))
    child.once('error', (error) => {
      console.error(`vigie: the console cannot start: ${error.message}`)
      resolve(1)
    })
  })
}

import { fork } from 'node:child_process'
import type { KeychainAnswer, KeychainRequest } from './messages.ts'

/** A running keychain process, whoever started it: Node here, Electron in the desktop app. */
export interface HelperProcess {
  send(request: KeychainRequest): void
  onAnswer(listener: (answer: KeychainAnswer) => void): void
  /** Calls back once, when the process has ended or could not be started. */
  onEnd(listener: () => void): void
  kill(): void
}

/** Starts `keychain-process` under this Node; it ends with this process. */
export function forkHelper(script: string, environment = process.env): HelperProcess {
  const { VIGIE_REDIS: _redis, VIGIE_TOKEN: _token, ...env } = environment
  const child = fork(script, { env, execArgv: [], stdio: ['ignore', 'ignore', 'ignore', 'ipc'] })
  return {
    // A process that is ending is told by `onEnd`.
    send: (request) => void child.send(request, () => {}),
    onAnswer: (listener) => void child.on('message', listener),
    onEnd(listener) {
      child.once('error', listener)
      child.once('exit', listener)
    },
    kill: () => void child.kill('SIGKILL'),
  }
}

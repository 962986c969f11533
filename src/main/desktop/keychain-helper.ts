import { app, utilityProcess, type UtilityProcess } from 'electron'

/**
 * The console's keychain process under Electron, since a packaged app does not start as Node. It starts
 * once the app is ready, for which a console that connects at its start need not wait.
 */
export function utilityHelper(script: string) {
  let killed = false
  const starting = app.whenReady().then(() => {
    if (killed) return null
    return utilityProcess.fork(script, [], { serviceName: 'Vigie keychain', stdio: 'ignore' })
  })
  const whenStarted = async (use: (child: UtilityProcess) => void) => {
    const child = await starting
    if (child !== null) use(child)
  }
  return {
    send(request: object) {
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a process, not a window
      void whenStarted((child) => child.postMessage(request))
    },
    onAnswer(listener: (answer: never) => void) {
      void whenStarted((child) => child.on('message', (answer) => listener(answer as never)))
    },
    onEnd(listener: () => void) {
      void whenStarted((child) => child.once('exit', () => listener()))
    },
    kill() {
      killed = true
      // Electron's own `kill` asks, which a process that is stuck does not hear.
      void whenStarted(({ pid }) => {
        try {
          if (pid !== undefined) process.kill(pid, 'SIGKILL')
        } catch {
          // It has ended by itself.
        }
      })
    },
  }
}

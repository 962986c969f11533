import { spawn } from 'node:child_process'
import { displayProblem } from './electron.ts'

/** Shows an address in the user's browser where there is one; says nothing when there is none. */
export function openBrowser(url: string): void {
  if (displayProblem() !== null) return
  const [program, ...args] =
    process.platform === 'darwin'
      ? ['open', url]
      : process.platform === 'win32'
        ? ['rundll32', 'url.dll,FileProtocolHandler', url]
        : ['xdg-open', url]
  const child = spawn(program, args, { stdio: 'ignore', detached: true })
  child.on('error', () => undefined)
  child.unref()
}

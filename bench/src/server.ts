import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { ProbeReading } from './probe.ts'

/** A server under measurement, in a Node process of its own. */
export class Server {
  readonly #child: ChildProcess
  /** The first match of `ready` in what it printed. */
  readonly printed: RegExpExecArray

  private constructor(child: ChildProcess, printed: RegExpExecArray) {
    this.#child = child
    this.printed = printed
  }

  /** Starts `script` with the probe loaded and waits until its output matches `ready`. */
  static async start(
    script: string,
    options: {
      ready: RegExp
      args: readonly string[]
      environment?: Record<string, string>
      execArgv?: readonly string[]
    },
  ): Promise<Server> {
    const child = fork(script, options.args, {
      execArgv: [...(options.execArgv ?? []), '--import', join(import.meta.dirname, 'probe.ts')],
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      env: { ...process.env, NODE_ENV: 'production', ...options.environment },
    })
    let output = ''
    const { promise, resolve, reject } = Promise.withResolvers<RegExpExecArray>()
    const read = (chunk: Buffer) => {
      output += chunk.toString()
      const printed = options.ready.exec(output)
      if (printed !== null) resolve(printed)
    }
    child.stdout?.on('data', read)
    child.stderr?.on('data', read)
    child.once('error', reject)
    child.once('exit', (code) => reject(new Error(`${script} ended with ${code}:\n${output}`)))
    const timer = setTimeout(
      () => reject(new Error(`${script} is not ready after 30 s:\n${output}`)),
      30_000,
    )
    try {
      return new Server(child, await promise)
    } catch (error) {
      child.kill('SIGTERM')
      throw error
    } finally {
      clearTimeout(timer)
    }
  }

  resetProbe() {
    this.#child.send('probe:reset')
  }

  async readProbe(): Promise<ProbeReading> {
    this.#child.send('probe:read')
    const [message] = (await once(this.#child, 'message')) as [{ probe: ProbeReading }]
    return message.probe
  }

  /** Resident memory now and at its highest, in bytes. Linux only. */
  async memory(): Promise<{ resident: number; highest: number }> {
    const status = await readFile(`/proc/${this.#child.pid}/status`, 'utf8')
    const bytes = (name: string) =>
      Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1] ?? Number.NaN) * 1024
    return { resident: bytes('VmRSS'), highest: bytes('VmHWM') }
  }

  stop(): Promise<void> {
    return this.#end('SIGTERM')
  }

  /** As `kill -9` does. */
  kill(): Promise<void> {
    return this.#end('SIGKILL')
  }

  async #end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return
    const exited = once(this.#child, 'exit')
    this.#child.kill(signal)
    await exited
  }
}

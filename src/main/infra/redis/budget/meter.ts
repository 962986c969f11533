import type { Redis } from 'ioredis'
import type { Duplex } from 'node:stream'

/** Commands Redis tells apart by their first argument, as in `cmdstat_client|list`. */
const containers = new Set(['acl', 'client', 'cluster', 'config', 'memory', 'script', 'xinfo'])

interface Counted {
  bytesRead?: number
  bytesWritten?: number
}

/** Counts what goes over connections, by what ioredis sends and by what their streams count. */
export class Meter {
  readonly #sent: (name: string) => void
  readonly #open = new Set<Counted>()
  #closed = 0
  #commands = 0

  /** `sent` is called with the name of each command. */
  constructor(sent: (name: string) => void) {
    this.#sent = sent
  }

  /** Since the beginning, of all connections there have been. */
  get totals(): { commands: number; bytes: number } {
    let bytes = this.#closed
    for (const stream of this.#open) bytes += bytesOf(stream)
    return { commands: this.#commands, bytes }
  }

  attach(redis: Redis): void {
    const send = redis.sendCommand.bind(redis)
    // Every command passes here: those of pipelines and transactions, and those ioredis sends itself.
    redis.sendCommand = (command, stream) => {
      if (redis.status === 'ready' || redis.status === 'connect') this.#count(command)
      return send(command, stream)
    }
    const follow = () => this.#follow(redis.stream)
    redis.on('connect', follow)
    follow()
  }

  /** A command that was not sent through ioredis. */
  count(name: string): void {
    this.#commands += 1
    this.#sent(name)
  }

  #count({ name, args }: { name: string; args: readonly unknown[] }): void {
    this.#commands += 1
    const [first] = args
    const part = containers.has(name) && typeof first === 'string' ? `|${first.toLowerCase()}` : ''
    this.#sent(`${name}${part}`)
  }

  #follow(stream: Duplex | undefined): void {
    if (stream === undefined || stream.destroyed || this.#open.has(stream as Counted)) return
    const counted = stream as Counted
    this.#open.add(counted)
    stream.once('close', () => {
      if (this.#open.delete(counted)) this.#closed += bytesOf(counted)
    })
  }
}

function bytesOf({ bytesRead = 0, bytesWritten = 0 }: Counted): number {
  return bytesRead + bytesWritten
}

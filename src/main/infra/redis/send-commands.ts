import { Buffer } from 'node:buffer'
import type { Command, Redis } from 'ioredis'

/** One command: its name (with `Buffer` appended for binary replies) and arguments. */
export type PipelineCommand = readonly [name: string, ...args: (string | number | Buffer)[]]

/**
 * Sends commands in one write and answers their replies in order, an Error in the place of one that
 * was refused or whose connection broke. Replies are as in RESP2: HGETALL answers
 * fields and values one after the other.
 *
 * ioredis' own `pipeline()` takes five times the CPU time and leaves promises and copies of every
 * command to collect, which shows with sixteen commands for each of two hundred queues a second
 * (`npm run bench`).
 */
export function sendCommands(
  redis: Redis,
  commands: readonly PipelineCommand[],
): Promise<unknown[]> {
  return new Promise((resolve) => {
    const replies: unknown[] = Array.from({ length: commands.length })
    let missing = commands.length
    const settle = (index: number, reply: unknown) => {
      replies[index] = reply
      missing -= 1
      if (missing === 0) resolve(replies)
    }
    const parts: (string | Buffer)[] = []
    const collector = {
      isPipeline: true as const,
      destination: { redis },
      write: (part: string | Buffer) => parts.push(part),
    }
    for (const [index, command] of commands.entries()) {
      // Takes its place in the line of replies, and writes itself into the collector.
      redis.sendCommand(new BareCommand(command, index, settle) as unknown as Command, collector)
    }
    // Without a connection every command was rejected at once, and nothing is to be written.
    if (parts.length > 0) redis.stream.write(joined(parts))
    else if (commands.length === 0) resolve(replies)
  })
}

/** As much of ioredis' Command as its connection uses, for the options of `openRedis`. */
class BareCommand {
  readonly name: string
  readonly args: PipelineCommand[number][]
  /** Keeps ioredis from tracing each command by a promise. */
  readonly isTraced = true
  readonly promise = undefined
  readonly #binary: boolean
  readonly #index: number
  readonly #settle: (index: number, reply: unknown) => void

  constructor(
    [name, ...args]: PipelineCommand,
    index: number,
    settle: (index: number, reply: unknown) => void,
  ) {
    this.#binary = name.endsWith('Buffer')
    this.name = this.#binary ? name.slice(0, -'Buffer'.length) : name
    this.args = args
    this.#index = index
    this.#settle = settle
  }

  setReplyContext() {}

  toWritable(): string | Buffer {
    const head = `*${this.args.length + 1}\r\n$${this.name.length}\r\n${this.name}\r\n`
    if (this.args.some((argument) => Buffer.isBuffer(argument))) return this.#binaryForm(head)
    return this.args.reduce<string>((text, argument) => text + bulk(String(argument)), head)
  }

  resolve(reply: unknown) {
    this.#settle(this.#index, this.#binary ? reply : textIn(reply))
  }

  reject(error: unknown) {
    this.#settle(this.#index, error)
  }

  #binaryForm(head: string): Buffer {
    const parts = this.args.flatMap((argument) =>
      Buffer.isBuffer(argument)
        ? [Buffer.from(`$${argument.length}\r\n`), argument, Buffer.from('\r\n')]
        : [Buffer.from(bulk(String(argument)))],
    )
    return Buffer.concat([Buffer.from(head), ...parts])
  }
}

function bulk(text: string): string {
  return `$${Buffer.byteLength(text)}\r\n${text}\r\n`
}

function textIn(reply: unknown): unknown {
  if (Buffer.isBuffer(reply)) return reply.toString()
  return Array.isArray(reply) ? reply.map(textIn) : reply
}

function joined(parts: readonly (string | Buffer)[]): string | Buffer {
  if (parts.every((part) => typeof part === 'string')) return parts.join('')
  return Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : part)))
}

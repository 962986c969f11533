import { Buffer } from 'node:buffer'
import type { Redis } from 'ioredis'
import { mostBytes, PackedReader, type PackedReplies, RepliesTooLarge } from './packed-replies.ts'
import type { PipelineCommand } from './send-commands.ts'

const [star, dollar, colon, plus, minus, feed] = [42, 36, 58, 43, 45, 10]

/**
 * Sends commands over a connection that nothing else uses, and reads their replies, texts all of them, without
 * ioredis. Its parser makes a Buffer of each text first, which for the millions of short ones a backfill reads
 * is most of the work, and of what is to be collected after.
 */
export class BulkReplies {
  readonly #redis: Redis
  #left: Buffer = Buffer.alloc(0)
  #under: { take: (chunk: Buffer) => void; fail: (error: Error) => void } | null = null
  /** Bytes of the last packed replies: the next ones take about as many. */
  #packed = 0

  constructor(redis: Redis) {
    this.#redis = redis
    redis.stream.removeAllListeners('data')
    redis.stream.on('data', (chunk: Buffer) => this.#take(chunk))
    redis.once('end', () => this.#end(new Error('Connection is closed')))
  }

  /** One call at a time. A reply is an Error where Redis refused that command. @throws RepliesTooLarge */
  send(commands: readonly PipelineCommand[]): Promise<unknown[]> {
    const replies: unknown[] = []
    let bytes = 0
    return this.#ask(written(commands), (chunk) => {
      bytes += chunk.length
      if (bytes > mostBytes) throw new RepliesTooLarge()
      return this.#readInto(replies, commands.length, chunk) ? replies : null
    })
  }

  /** The same command on many keys, with the same arguments after: arrays of texts, which are not read. */
  sendPacked(
    name: string,
    keys: readonly string[],
    rest: readonly string[],
  ): Promise<PackedReplies> {
    const reader = new PackedReader(keys.length, Math.ceil(this.#packed * 1.1))
    return this.#ask(repeated(name, keys, rest), (chunk) => {
      const replies = reader.take(chunk)
      if (replies !== null) this.#packed = replies.bytes.length
      return replies
    })
  }

  /** `take` answers once all is there. */
  #ask<Replies>(
    { text, ascii }: Written,
    take: (chunk: Buffer) => Replies | null,
  ): Promise<Replies> {
    return new Promise((resolve, reject) => {
      if (this.#redis.status !== 'ready') {
        reject(new Error('Connection is closed'))
        return
      }
      this.#under = {
        take: (chunk) => {
          const replies = take(chunk)
          if (replies === null) return
          this.#under = null
          resolve(replies)
        },
        fail: (error) => {
          this.#under = null
          reject(error)
        },
      }
      this.#redis.stream.write(text, ascii ? 'latin1' : 'utf8')
    })
  }

  #take(chunk: Buffer): void {
    const under = this.#under
    if (under === null) return
    try {
      under.take(chunk)
    } catch (error) {
      under.fail(error instanceof Error ? error : new Error(String(error)))
    }
  }

  /** @returns whether all are there. */
  #readInto(replies: unknown[], count: number, chunk: Buffer): boolean {
    const bytes = this.#left.length === 0 ? chunk : Buffer.concat([this.#left, chunk])
    const reader = new ReplyReader(bytes)
    while (replies.length < count) {
      const start = reader.at
      const reply = reader.next()
      if (reply === incomplete) {
        this.#left = bytes.subarray(start)
        return false
      }
      replies.push(reply)
    }
    this.#left = Buffer.alloc(0)
    return true
  }

  #end(error: Error): void {
    this.#under?.fail(error)
  }
}

interface Written {
  text: string
  ascii: boolean
}

function repeated(name: string, keys: readonly string[], rest: readonly string[]): Written {
  const head = `*${rest.length + 2}\r\n${argument(name)}`
  const tail = rest.map(argument).join('')
  const joined = keys.join('')
  const ascii = Buffer.byteLength(joined) === joined.length
  let text = ''
  for (const key of keys) {
    text += `${head}$${ascii ? key.length : Buffer.byteLength(key)}\r\n${key}\r\n${tail}`
  }
  return { text, ascii: ascii && Buffer.byteLength(tail) === tail.length }
}

const argument = (text: string) => `$${Buffer.byteLength(text)}\r\n${text}\r\n`

function written(commands: readonly PipelineCommand[]): Written {
  let [text, ascii] = ['', true]
  for (const command of commands) {
    text += `*${command.length}\r\n`
    for (const part of command) {
      const argument = String(part)
      const length = Buffer.byteLength(argument)
      ascii &&= length === argument.length
      text += `$${length}\r\n${argument}\r\n`
    }
  }
  return { text, ascii }
}

const incomplete = Symbol('incomplete')

/** Replies of RESP2, one after the other: https://redis.io/docs/latest/develop/reference/protocol-spec/ */
class ReplyReader {
  at = 0
  readonly #bytes: Buffer

  constructor(bytes: Buffer) {
    this.#bytes = bytes
  }

  /** `incomplete` where its end is not there yet. */
  next(): unknown {
    const bytes = this.#bytes
    const type = bytes[this.at]
    if (type === undefined) return incomplete
    this.at += 1
    if (type === dollar) {
      const length = this.#number()
      if (length === null) return incomplete
      if (length < 0) return null
      const [start, end] = [this.at, this.at + length]
      if (end + 2 > bytes.length) return incomplete
      this.at = end + 2
      return bytes.toString('utf8', start, end)
    }
    if (type === star) return this.#array()
    if (type === colon) return this.#number() ?? incomplete
    const line = this.#line()
    if (line === null) return incomplete
    if (type === plus) return line
    if (type === minus) return new Error(line)
    throw new Error('Unknown RESP type')
  }

  #array(): unknown {
    const length = this.#number()
    if (length === null) return incomplete
    if (length < 0) return null
    const items: unknown[] = []
    for (let index = 0; index < length; index += 1) {
      const item = this.next()
      if (item === incomplete) return incomplete
      items.push(item)
    }
    return items
  }

  /** Up to the end of its line; null where that is not there yet. */
  #number(): number | null {
    const bytes = this.#bytes
    let value = 0
    let at = this.at
    const negative = bytes[at] === minus
    if (negative) at += 1
    for (let digit = bytes[at]; digit !== undefined; digit = bytes[at]) {
      at += 1
      if (digit === feed) {
        this.at = at
        return negative ? -value : value
      }
      // Anything but the carriage return is a digit.
      if (digit >= 48) value = value * 10 + digit - 48
    }
    return null
  }

  #line(): string | null {
    const end = this.#bytes.indexOf(feed, this.at)
    if (end === -1) return null
    const line = this.#bytes.toString('utf8', this.at, end - 1)
    this.at = end + 1
    return line
  }
}

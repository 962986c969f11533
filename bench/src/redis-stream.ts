import { once } from 'node:events'
import { connect, type Socket } from 'node:net'

const flushAt = 1 << 20

/**
 * Writes commands to Redis as fast as the socket takes them, as `redis-cli --pipe` does. Every command
 * must be one whose reply is a number.
 */
export class RedisStream {
  readonly #socket: Socket
  #pending: string[] = []
  #size = 0
  #tail = ''
  #failure: string | null = null
  readonly #ended = Promise.withResolvers<void>()

  private constructor(socket: Socket) {
    this.#socket = socket
    socket.on('data', (chunk: Buffer) => this.#read(chunk.toString('latin1')))
    socket.once('error', (error) => this.#ended.reject(error))
    // The promise may fail before `end` awaits it.
    this.#ended.promise.catch(() => undefined)
  }

  static async open(port: number): Promise<RedisStream> {
    const socket = connect(port, '127.0.0.1')
    await once(socket, 'connect')
    return new RedisStream(socket)
  }

  /** Takes a command already encoded; its text must be ASCII. */
  async write(encoded: string): Promise<void> {
    this.#pending.push(encoded)
    this.#size += encoded.length
    if (this.#size >= flushAt) await this.#flush()
  }

  /** Resolves when Redis has answered everything; throws the first error it answered. */
  async end(): Promise<void> {
    await this.write(encode(['ECHO', 'the end']))
    await this.#flush()
    await this.#ended.promise
    this.#socket.end()
    if (this.#failure !== null) throw new Error(`Redis refused a command: ${this.#failure}`)
  }

  async #flush() {
    const text = this.#pending.join('')
    this.#pending = []
    this.#size = 0
    if (!this.#socket.write(text, 'latin1')) await once(this.#socket, 'drain')
  }

  #read(text: string) {
    const error = text.indexOf('-')
    if (error !== -1) this.#failure ??= text.slice(error, error + 200)
    this.#tail = (this.#tail + text).slice(-20)
    if (this.#tail.endsWith('the end\r\n')) this.#ended.resolve()
  }
}

/** A command in Redis' protocol. */
export function encode(words: readonly string[]): string {
  return `*${words.length}\r\n${words.map(encodeWord).join('')}`
}

export function encodeWord(word: string): string {
  return `$${Buffer.byteLength(word)}\r\n${word}\r\n`
}

import { Buffer } from 'node:buffer'

/** Replies as they came, each an array of texts: for whoever reads them, on another thread. */
export interface PackedReplies {
  /** In memory of their own, so that they can be handed over. */
  bytes: Uint8Array<ArrayBuffer>
  /** Where each one begins. */
  starts: Uint32Array<ArrayBuffer>
  /** Bytes of the longest text. */
  longest: number
  /** Places of replies without any text, refused ones among them. */
  empty: number[]
  refused: Error[]
}

export const noReplies: PackedReplies = {
  bytes: new Uint8Array(),
  starts: new Uint32Array(),
  longest: 0,
  empty: [],
  refused: [],
}

/** Bytes of replies that are held at once: whoever asks asks for much less. */
export const mostBytes = 64 * 1024 * 1024

/** What was asked for takes more than is held of replies at once. */
export class RepliesTooLarge extends Error {
  constructor() {
    super('Replies take more than 64 MB')
    this.name = 'RepliesTooLarge'
  }
}

const [star, dollar, minus, feed, zero] = [42, 36, 45, 10, 48]
const incomplete = -2
const smallest = 65_536

/** Gathers so many replies out of what the network brings, looking only at where each one ends. */
export class PackedReader {
  readonly #count: number
  readonly #starts: Uint32Array<ArrayBuffer>
  #bytes: Buffer<ArrayBuffer>
  #length = 0
  /** Replies that are whole, and where the next one begins. */
  #whole = 0
  #next = 0
  /** While one is looked through. */
  #at = 0
  #longest = 0
  readonly #empty: number[] = []
  readonly #refused: Error[] = []

  /** @param expected bytes, as far as that can be known; more have room too. */
  constructor(count: number, expected: number) {
    this.#count = count
    this.#starts = new Uint32Array(count)
    this.#bytes = Buffer.allocUnsafeSlow(Math.max(smallest, expected))
  }

  /** @returns them once all are there. @throws where it is something else, RepliesTooLarge also before they came. */
  take(chunk: Buffer): PackedReplies | null {
    const length = this.#length + chunk.length
    if (length > mostBytes) throw new RepliesTooLarge()
    if (length > this.#bytes.length) {
      const larger = Buffer.allocUnsafeSlow(Math.max(length, this.#bytes.length * 2))
      this.#bytes.copy(larger, 0, 0, this.#length)
      this.#bytes = larger
    }
    chunk.copy(this.#bytes, this.#length)
    this.#length = length
    while (this.#whole < this.#count) {
      this.#at = this.#next
      if (!this.#skipReply()) return null
      this.#starts[this.#whole] = this.#next
      this.#whole += 1
      this.#next = this.#at
    }
    const bytes = new Uint8Array(this.#bytes.buffer, 0, this.#next)
    return {
      bytes,
      starts: this.#starts,
      longest: this.#longest,
      empty: this.#empty,
      refused: this.#refused,
    }
  }

  /** @returns false where its end is not there yet. */
  #skipReply(): boolean {
    if (this.#at >= this.#length) return false
    const type = this.#bytes[this.#at]
    if (type === minus) return this.#skipRefusal()
    if (type !== star) throw new Error('A reply is no array of texts')
    this.#at += 1
    const count = this.#number()
    if (count === incomplete) return false
    let texts = 0
    for (let index = 0; index < count; index += 1) {
      if (this.#at >= this.#length) return false
      if (this.#bytes[this.#at] !== dollar) throw new Error('A reply is no array of texts')
      this.#at += 1
      const length = this.#number()
      if (length === incomplete) return false
      if (length < 0) continue
      texts += 1
      if (length > this.#longest) this.#longest = length
      this.#at += length + 2
      if (this.#at > mostBytes) throw new RepliesTooLarge()
    }
    if (this.#at > this.#length) return false
    if (texts === 0) this.#empty.push(this.#whole)
    return true
  }

  #skipRefusal(): boolean {
    const end = this.#bytes.indexOf(feed, this.#at)
    if (end === -1 || end >= this.#length) return false
    this.#refused.push(new Error(this.#bytes.toString('utf8', this.#at + 1, end - 1)))
    this.#empty.push(this.#whole)
    this.#at = end + 1
    return true
  }

  /** Up to the end of its line. */
  #number(): number {
    const bytes = this.#bytes
    const end = this.#length
    let value = 0
    let at = this.#at
    const negative = bytes[at] === minus
    if (negative) at += 1
    for (; at < end; at += 1) {
      const digit = bytes[at] ?? 0
      if (digit === feed) {
        this.#at = at + 1
        return negative ? -value : value
      }
      // Anything but the carriage return is a digit.
      if (digit >= zero) value = value * 10 + digit - zero
    }
    return incomplete
  }
}

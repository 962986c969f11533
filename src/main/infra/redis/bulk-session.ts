import type { Redis } from 'ioredis'
import { BulkReplies } from './bulk-replies.ts'
import type { PackedReplies } from './packed-replies.ts'
import type { PipelineCommand } from './send-commands.ts'
import { unlessSilent } from './silence.ts'

/** Large readings one after the other, over a connection of their own that `open` opens when there is none. */
export class BulkSession {
  readonly #open: () => Promise<Redis>
  readonly #patience: number
  #current: { redis: Redis; replies: BulkReplies } | null = null
  #turn: Promise<unknown> = Promise.resolve()

  constructor(open: () => Promise<Redis>, patience: number) {
    this.#open = open
    this.#patience = patience
  }

  send(commands: readonly PipelineCommand[]): Promise<unknown[]> {
    return this.#inTurn((replies) => replies.send(commands))
  }

  /** As BulkReplies has it. */
  sendPacked(
    name: string,
    keys: readonly string[],
    rest: readonly string[],
  ): Promise<PackedReplies> {
    return this.#inTurn((replies) => replies.sendPacked(name, keys, rest))
  }

  #inTurn<Replies>(send: (replies: BulkReplies) => Promise<Replies>): Promise<Replies> {
    const sent = this.#turn.then(() => this.#send(send))
    this.#turn = sent.catch(() => {})
    return sent
  }

  async #send<Replies>(send: (replies: BulkReplies) => Promise<Replies>): Promise<Replies> {
    if (this.#current?.redis.status !== 'ready') {
      const redis = await this.#open()
      this.#current = { redis, replies: new BulkReplies(redis) }
    }
    const { redis, replies } = this.#current
    try {
      return await unlessSilent(redis, this.#patience, send(replies))
    } catch (error) {
      // Whatever still comes on it would be taken for the next reply.
      redis.disconnect()
      this.#current = null
      throw error
    }
  }
}

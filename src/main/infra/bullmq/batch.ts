import type { Urgency } from '../redis/link.ts'
import type { PipelineCommand } from '../redis/send-commands.ts'

/** What sends a pipeline: an Error in the place of a reply where Redis refused one command. */
export interface PipelineSender {
  readonly environment: string
  pipeline(commands: readonly PipelineCommand[], urgency?: Urgency): Promise<unknown[]>
  consoleError(error: unknown): unknown
}

/**
 * Commands gathered from several places and sent in one round trip; each place gets a function that
 * hands out its reply afterwards.
 */
export class Batch {
  readonly #commands: PipelineCommand[] = []
  #replies: unknown[] = []

  add(...command: PipelineCommand): () => unknown {
    const index = this.#commands.push(command) - 1
    return () => this.#replies[index]
  }

  async send(sender: PipelineSender, urgency?: Urgency): Promise<void> {
    this.#replies = await sender.pipeline(this.#commands, urgency)
  }
}

/*
 * Readers of replies that never throw over what stands in Redis: a key of the wrong type or a value
 * that is no number counts as absent.
 */

export function countOf(reply: unknown): number {
  return typeof reply === 'number' && Number.isFinite(reply) ? reply : 0
}

export function textOf(reply: unknown): string | null {
  return typeof reply === 'string' ? reply : null
}

export function textsOf(reply: unknown): (string | null)[] {
  return Array.isArray(reply) ? reply.map(textOf) : []
}

export function idsOf(reply: unknown): string[] {
  return textsOf(reply).filter((id) => id !== null)
}

/** A finite number written as text, else null. */
export function numberOf(text: string | null | undefined): number | null {
  if (text === null || text === undefined || text.trim() === '') return null
  const number = Number(text)
  return Number.isFinite(number) ? number : null
}

/** A whole number that is not negative, else null. */
export function wholeOf(text: string | null | undefined): number | null {
  const number = numberOf(text)
  return number !== null && number >= 0 && number <= Number.MAX_SAFE_INTEGER
    ? Math.trunc(number)
    : null
}

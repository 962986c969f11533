import type { Redis } from 'ioredis'
import type { RedisLink } from '#infra/redis/link.ts'
import { sendCommands, type PipelineCommand } from '#infra/redis/send-commands.ts'
import type { PipelineSender } from '../batch.ts'

/** Where facts are read from. Nothing may be decided on half of them, so a refusal rejects. */
export interface FactsSource {
  /** True where keys live in slots. */
  readonly clustered: boolean
  /** The reply to one command; commands asked together share a round trip. */
  readonly ask: (...command: PipelineCommand) => Promise<unknown>
  readonly sender: PipelineSender
}

/** One connection: what WATCH needs. In a cluster it reads the slots of its own node only. */
export function onConnection(redis: Redis, clustered = false): FactsSource {
  return sourceOf(clustered, (commands) => sendCommands(redis, commands))
}

/** The whole of a cluster, wherever the keys are. */
export function onCluster(link: Pick<RedisLink, 'pipeline'>): FactsSource {
  return sourceOf(true, (commands) => link.pipeline(commands))
}

function sourceOf(clustered: boolean, send: PipelineSender['pipeline']): FactsSource {
  return {
    clustered,
    async ask(...command) {
      const [reply] = await send([command])
      if (reply instanceof Error) throw reply
      return reply
    },
    sender: {
      environment: '',
      consoleError: (error) => error,
      async pipeline(commands) {
        const replies = commands.length === 0 ? [] : await send(commands)
        const refusal = replies.find(
          (reply) => reply instanceof Error && !/unknown command/i.test(reply.message),
        )
        if (refusal !== undefined) throw refusal
        return replies
      },
    },
  }
}

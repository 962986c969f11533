import { greet, refusalIn } from './greeting.ts'
import { speaksTls } from '../redis/other-protocol.ts'
import { failureIn } from './problems.ts'
import { StepFailure, type Finding, type Step } from './steps.ts'
import type { Visit } from './visit.ts'

/** Says PING, which tells whether Redis is there at all, and signs in. */
export function authStep(visit: Visit): Step {
  return {
    name: 'auth',
    async run(signal): Promise<Finding> {
      const username = visit.profile.username ?? 'default'
      await expectRedis(visit, signal)
      const { place, stream } = visit
      if (place === null || stream === null) throw new StepFailure('unknown')
      // Taken over: it ends with the connection.
      visit.stream = null
      const redis = await visit.open(place, 0, signal, stream)
      visit.servers = [{ redis, place }]
      await redis.ping().catch((error: unknown) => {
        const { problem } = failureIn(error)
        // A user who may not PING, and a replica that has lost its primary, are answered all the same.
        if (!['protected-mode', 'unknown'].includes(problem)) throw error
      })
      return { facts: { username } }
    },
  }
}

async function expectRedis({ place, stream, tunnel, profile }: Visit, signal: AbortSignal) {
  if (place === null || stream === null) throw new StepFailure('unknown')
  try {
    const refusal = refusalIn(await greet(stream, signal))
    if (refusal !== null) throw refusal
  } catch (error) {
    const failure = failureIn(error)
    // A server that takes TLS alone closes without a word.
    const silent = profile.tls === null && failure.problem === 'closed'
    if (silent && (await speaksTls(place, tunnel, signal))) throw new StepFailure('tls-required')
    throw failure
  }
}

/** Chooses the database. */
export function selectStep(visit: Visit): Step {
  return {
    name: 'select',
    async run(): Promise<Finding> {
      const { database } = visit.profile
      const [server] = visit.servers
      if (database !== 0) {
        await server?.redis.select(database).catch((error: unknown) => {
          const message = error instanceof Error ? error.message : ''
          if (/not allowed in cluster mode/.test(message)) throw new StepFailure('is-a-cluster')
          if (/^(ERR|NOPERM)/.test(message)) throw new StepFailure('database-unknown', { database })
          throw error
        })
      }
      return { facts: { database } }
    },
  }
}

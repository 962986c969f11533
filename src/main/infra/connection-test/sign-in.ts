import type { TlsSettings } from '#shared/contract/profiles.ts'
import { lookAtCertificate } from './certificate.ts'
import { refusalIn } from './greeting.ts'
import { failureIn } from './problems.ts'
import { openPlain } from './reach.ts'
import { StepFailure, type Finding, type Step } from './steps.ts'
import type { Visit } from './visit.ts'

const secondLook = 2500
const anyTls: TlsSettings = { ca: null, certificate: null, serverName: null, acceptAny: null }

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

async function expectRedis(visit: Visit, signal: AbortSignal): Promise<void> {
  try {
    const refusal = refusalIn(await visit.greeting())
    if (refusal !== null) throw refusal
  } catch (error) {
    const failure = failureIn(error)
    const mayBeTls = visit.profile.tls === null && failure.problem === 'closed'
    if (mayBeTls && (await speaksTls(visit, signal))) throw new StepFailure('tls-required')
    throw failure
  }
}

/** A server that wants TLS may close without a word. */
async function speaksTls(visit: Visit, signal: AbortSignal): Promise<boolean> {
  const { place } = visit
  if (place === null) return false
  const look = AbortSignal.any([signal, AbortSignal.timeout(secondLook)])
  const stream = await openPlain(visit, place, look).catch(() => null)
  return stream !== null && (await lookAtCertificate(stream, place, anyTls, look)) !== null
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

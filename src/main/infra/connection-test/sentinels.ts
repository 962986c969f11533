import type { Deployment, Endpoint } from '#shared/contract/profiles.ts'
import { place as placeName } from '#shared/domain/redis-url.ts'
import { askSentinel, SentinelFinder } from '../redis/sentinel.ts'
import { closeRedis } from '../redis/open-redis.ts'
import { failureIn } from './problems.ts'
import { StepFailure, type Finding, type Step } from './steps.ts'
import type { Visit } from './visit.ts'

type SentinelDeployment = Extract<Deployment, { type: 'sentinel' }>

/** For what each of them says; the primary itself is found as the link finds it. */
const patience = 3000

/** Asks the sentinels where the primary is, and shows what each of them said. */
export function sentinelStep(visit: Visit, deployment: SentinelDeployment): Step {
  return {
    name: 'sentinel',
    async run(signal): Promise<Finding> {
      const { target, tunnel } = visit
      const finder = new SentinelFinder({ target, deployment, tunnel })
      const { master } = deployment
      const opinions = Promise.all(
        deployment.sentinels.map((sentinel) => opinionOf(finder, sentinel, signal)),
      )
      const found = await finder.find(signal).catch((error: unknown) => failureIn(error))
      const told = await opinions
      const sentinels = told.map(({ line }) => line)
      if (found instanceof StepFailure) {
        const { problem } = found
        const wrong = told.every((opinion) => opinion.problem === 'not-a-sentinel')
        throw new StepFailure(wrong ? 'not-a-sentinel' : problem, { sentinels })
      }
      visit.place = found
      const [sentinel] = finder.sentinels
      return {
        facts: {
          master,
          server: placeName(found),
          sentinel: sentinel === undefined ? null : placeName(sentinel),
          sentinels,
        },
      }
    },
  }
}

interface Opinion {
  line: string
  problem: string | null
}

/** What one sentinel says: `host:port → primary`, a dash for none, and which problem it has. */
async function opinionOf(
  finder: SentinelFinder,
  sentinel: Endpoint,
  signal: AbortSignal,
): Promise<Opinion> {
  const name = placeName(sentinel)
  const bounded = AbortSignal.any([signal, AbortSignal.timeout(patience)])
  try {
    const redis = await finder.open(sentinel, bounded)
    const abort = () => redis.disconnect()
    bounded.addEventListener('abort', abort, { once: true })
    try {
      if (!(await isSentinel(redis))) throw new StepFailure('not-a-sentinel')
      const { primary } = await askSentinel(redis, finder.master)
      return { line: `${name} → ${primary === null ? '–' : placeName(primary)}`, problem: null }
    } finally {
      bounded.removeEventListener('abort', abort)
      await closeRedis(redis)
    }
  } catch (error) {
    const { problem } = failureIn(error)
    return { line: `${name} → –`, problem }
  }
}

/** A Redis has no such command. */
async function isSentinel(redis: Parameters<typeof closeRedis>[0]): Promise<boolean> {
  const reply = await redis.call('sentinel', 'MYID').catch((error: unknown) => error)
  return !(reply instanceof Error && /unknown command/i.test(reply.message))
}

import type { LinkTarget } from '#core/environments/ports.ts'
import type { TestStep } from '#shared/contract/connection-tests.ts'
import { unlessAborted } from '../redis/stream-events.ts'
import { clockStep } from './clock.ts'
import { clusterStep } from './clusters.ts'
import { tlsStep } from './encryption.ts'
import { permissionsStep } from './permissions.ts'
import { queuesStep } from './queues.ts'
import { resolveStep, tcpStep } from './reach.ts'
import { runSteps } from './run-steps.ts'
import { sentinelStep } from './sentinels.ts'
import { ServerLook } from './server-facts.ts'
import { serverSteps } from './server-steps.ts'
import { authStep, selectStep } from './sign-in.ts'
import { sshStep } from './ssh.ts'
import type { Step } from './steps.ts'
import { Visit } from './visit.ts'

export interface TestOptions {
  /** This user's, unless told otherwise. */
  knownHostsPath?: string
  /** Milliseconds for each step. */
  patience?: number
}

/**
 * Walks the steps of a connection, by the very parts the link is made of but on connections of its own,
 * which are gone when it ends, however it ends. Changes nothing in Redis. Each step is told when it
 * begins and when it has ended; ends early when the signal aborts, and never throws for what it finds.
 */
export async function* testConnection(
  target: LinkTarget,
  signal: AbortSignal,
  { patience, ...ssh }: TestOptions = {},
): AsyncGenerator<TestStep, void, undefined> {
  const visit = new Visit(target, ssh)
  try {
    // A person may have to unlock the keychain first, which is no step's time; its no is told where it matters.
    await unlessAborted('auth', signal, visit.secrets()).catch(() => {})
    yield* runSteps(stepsOf(visit), signal, patience)
  } finally {
    await visit.close()
  }
}

/** What a profile asks for, in the order in which one thing needs the other. */
function stepsOf(visit: Visit): Step[] {
  const { deployment, ssh } = visit.profile
  const look = new ServerLook(visit)
  return [
    ...(deployment.type === 'socket' ? [] : [resolveStep(visit)]),
    ...(ssh === null ? [] : [sshStep(visit)]),
    ...(deployment.type === 'sentinel' ? [sentinelStep(visit, deployment)] : []),
    tcpStep(visit),
    tlsStep(visit),
    authStep(visit),
    ...(deployment.type === 'cluster' ? [] : [selectStep(visit)]),
    clusterStep(visit),
    ...serverSteps(look),
    clockStep(visit),
    permissionsStep(visit, look),
    queuesStep(visit),
  ]
}

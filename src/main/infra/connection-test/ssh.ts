import { once } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'
import type { Endpoint } from '#shared/contract/profiles.ts'
import { place as placeName } from '#shared/domain/redis-url.ts'
import { openTransport } from '../redis/transport.ts'
import { failureIn } from './problems.ts'
import { StepFailure, type Finding, type Step } from './steps.ts'
import type { Visit } from './visit.ts'

/** A server that takes longer may be none of SSH, to which one can talk for ever. */
const suspicion = 2000
/** An SSH server says what it is as soon as somebody connects (RFC 4253 §4.2). */
const greetingTime = 3000

/** The tunnel itself, and by which key its server is trusted. */
export function sshStep(visit: Visit): Step {
  return {
    name: 'ssh',
    async run(signal): Promise<Finding> {
      const { ssh } = visit.profile
      if (ssh === null || visit.tunnel === null) return {}
      const seen = { address: placeName(ssh), username: ssh.username }
      const ended = new AbortController()
      const bounded = AbortSignal.any([signal, ended.signal])
      try {
        const { fingerprint } = await Promise.race([
          visit.tunnel.connect(),
          otherThanSsh(ssh, bounded),
        ])
        return { facts: { ...seen, fingerprint } }
      } catch (error) {
        const { problem, facts } = failureIn(error)
        throw new StepFailure(problem, { ...seen, ...facts })
      } finally {
        ended.abort()
      }
    },
  }
}

/** Rejects when something is there that does not begin as SSH does; otherwise says nothing. */
async function otherThanSsh(server: Endpoint, signal: AbortSignal): Promise<never> {
  try {
    await pause(suspicion, null, { signal })
    if (await beginsAsSsh(server, signal)) return await never
  } catch {
    return never
  }
  throw new StepFailure('not-ssh')
}

const never = new Promise<never>(() => {})

/** @throws when nothing is there, or the signal aborts. */
async function beginsAsSsh({ host, port }: Endpoint, signal: AbortSignal): Promise<boolean> {
  const stream = await openTransport({ host, port }, null, signal)
  try {
    const late = AbortSignal.timeout(greetingTime)
    const heard = once(stream, 'data', { signal: AbortSignal.any([signal, late]) })
    const [first] = (await heard.catch(() => [''])) as [unknown]
    if (signal.aborted) throw new StepFailure('closed')
    return String(first).startsWith('SSH-')
  } finally {
    stream.destroy()
  }
}

import { lookup } from 'node:dns/promises'
import { isIP } from 'node:net'
import type { Duplex } from 'node:stream'
import type { Endpoint } from '#shared/contract/profiles.ts'
import { place as placeName } from '#shared/domain/redis-url.ts'
import { openTransport, type Place } from '../redis/transport.ts'
import { failureIn } from './problems.ts'
import { StepFailure, type Facts, type Finding, type Step } from './steps.ts'
import { nameOf, type Visit } from './visit.ts'

/** The addresses of every host this machine itself connects to; through a tunnel that is the SSH server. */
export function resolveStep(visit: Visit): Step {
  return {
    name: 'resolve',
    async run(): Promise<Finding> {
      const hosts = [...new Set(endpointsFrom(visit).map(({ host }) => host))]
      const found = await Promise.all(hosts.map(addressesOf))
      if (found.every((addresses) => addresses.length === 0)) {
        throw new StepFailure('unresolved', { host: hosts.join(', ') })
      }
      const [first = []] = found
      const lines = hosts.map((host, index) => `${host}: ${found[index]?.join(', ') || '–'}`)
      return {
        // One of several that is wrong may go unnoticed until the others are gone.
        problem: found.some((addresses) => addresses.length === 0) ? 'unresolved' : null,
        facts: hosts.length === 1 ? { host: hosts.join(), addresses: first } : { addresses: lines },
      }
    },
  }
}

function endpointsFrom({ profile: { deployment, ssh } }: Visit): readonly Endpoint[] {
  if (ssh !== null) return [ssh]
  switch (deployment.type) {
    case 'standalone':
      return [deployment]
    case 'sentinel':
      return deployment.sentinels
    case 'cluster':
      return deployment.nodes
    default:
      return []
  }
}

async function addressesOf(host: string): Promise<string[]> {
  if (isIP(host) !== 0) return [host]
  const found = await lookup(host, { all: true, verbatim: true }).catch(() => [])
  return [...new Set(found.map(({ address }) => address))]
}

/** A stream to Redis, or to the first node of a cluster that takes one. */
export function tcpStep(visit: Visit): Step {
  return {
    name: 'tcp',
    async run(signal): Promise<Finding> {
      const failures: StepFailure[] = []
      for (const place of placesOf(visit)) {
        try {
          const stream = await openPlain(visit, place, signal)
          visit.place = place
          visit.stream = stream
          return {
            problem: failures[0]?.problem ?? null,
            facts: { server: nameOf(place), ...addressIn(stream), ...nodesIn(failures) },
          }
        } catch (error) {
          const { problem } = failureIn(error)
          failures.push(new StepFailure(problem, { server: nameOf(place) }))
        }
      }
      throw failures[0] ?? new StepFailure('unknown')
    },
  }
}

function placesOf({ place, profile: { deployment } }: Visit): readonly Place[] {
  if (place !== null) return [place]
  switch (deployment.type) {
    case 'standalone':
      return [{ host: deployment.host, port: deployment.port }]
    case 'socket':
      return [{ path: deployment.path }]
    case 'cluster':
      return deployment.nodes
    default:
      return []
  }
}

/** `openTransport`, with the tunnel's own word on why it would not go on. */
export async function openPlain(visit: Visit, place: Place, signal: AbortSignal): Promise<Duplex> {
  const { tunnel } = visit
  let refusal: unknown = null
  const listened = tunnel && {
    close: () => tunnel.close(),
    open: (endpoint: Endpoint) =>
      tunnel.open(endpoint).catch((error: unknown) => {
        refusal = error
        throw error
      }),
  }
  const stream = await openTransport(place, listened, signal).catch((error: unknown) => {
    throw refusal ?? error
  })
  visit.closeLater(() => stream.destroy())
  return stream
}

/** Of what answered: of several addresses of a name, which one. */
function addressIn(stream: Duplex): Facts {
  const { remoteAddress, remotePort } = stream as Duplex & {
    remoteAddress?: string
    remotePort?: number
  }
  if (remoteAddress === undefined || remotePort === undefined) return {}
  return { address: placeName({ host: remoteAddress, port: remotePort }) }
}

function nodesIn(failures: readonly StepFailure[]): Facts {
  return failures.length === 0
    ? {}
    : { missingNodes: failures.map(({ facts }) => String(facts['server'])) }
}

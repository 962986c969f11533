import type { Redis } from 'ioredis'
import type { Endpoint } from '#shared/contract/profiles.ts'
import { place as placeName } from '#shared/domain/redis-url.ts'
import { topologyOf, type Topology } from '../redis/cluster/topology.ts'
import { slotCount } from '../redis/cluster/key-slot.ts'
import { isPermissionReply } from '../redis/failure.ts'
import { failureIn } from './problems.ts'
import { fieldsOf } from './server-facts.ts'
import { StepFailure, type Finding, type Step } from './steps.ts'
import { nameOf, type Server, type Visit } from './visit.ts'

/** Whether it is a cluster where one is meant, and none where none is. */
export function clusterStep(visit: Visit): Step {
  return visit.profile.deployment.type === 'cluster'
    ? { name: 'cluster', run: (signal) => visitMasters(visit, signal) }
    : { name: 'cluster', quiet: true, run: () => expectSingle(visit) }
}

/** Connects to every master, each at the address the cluster tells for it. */
async function visitMasters(visit: Visit, signal: AbortSignal): Promise<Finding> {
  const [first] = visit.servers
  if (first === undefined || 'path' in first.place) throw new StepFailure('unknown')
  const topology = await topologyFrom(first.redis, first.place.host)
  const { masters, replicas } = topology
  const facts = {
    masters: masters.map(placeName),
    replicas: replicas.length,
    slots: servedBy(topology),
  }
  const opened = await Promise.allSettled(
    masters.map((master) => serverAt(visit, master, first, signal)),
  )
  for (const [index, result] of opened.entries()) {
    if (result.status === 'fulfilled') continue
    const master = masters[index]
    const server = master === undefined ? null : placeName(master)
    throw new StepFailure(failureIn(result.reason).problem, { ...facts, server })
  }
  visit.servers = opened.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []))
  if (!topology.complete) throw new StepFailure('cluster-down', facts)
  return { facts }
}

async function topologyFrom(redis: Redis, host: string): Promise<Topology> {
  const reply = await redis.cluster('SLOTS').catch((error: unknown) => {
    if (isPermissionReply(error)) {
      throw new StepFailure('read-denied', { missing: ['cluster slots'] })
    }
    const message = error instanceof Error ? error.message : ''
    if (/cluster support disabled|unknown command/i.test(message)) {
      throw new StepFailure('not-a-cluster')
    }
    throw error
  })
  const topology = topologyOf(reply, host)
  if (topology === null) throw new StepFailure('not-a-cluster')
  return topology
}

function servedBy(topology: Topology): number {
  let served = 0
  for (let slot = 0; slot < slotCount; slot += 1) {
    if (topology.masterOf(slot) !== null) served += 1
  }
  return served
}

/** The node that was asked first may go by another name than the one it tells. */
async function serverAt(
  visit: Visit,
  master: Endpoint,
  first: Server,
  signal: AbortSignal,
): Promise<Server> {
  if (nameOf(first.place) === placeName(master)) return first
  return { place: master, redis: await visit.open(master, 0, signal) }
}

/** A single node of a cluster has a part of the keys, and a sentinel has none. */
async function expectSingle({ servers: [server] }: Visit): Promise<Finding> {
  const info = await server?.redis.info('server').catch(() => null)
  const mode = fieldsOf(info ?? '').get('redis_mode')
  if (mode === 'cluster') throw new StepFailure('is-a-cluster')
  if (mode === 'sentinel') throw new StepFailure('is-a-sentinel')
  return {}
}

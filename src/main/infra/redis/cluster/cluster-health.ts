import {
  isReadable,
  type ConnectionReason,
  type ConnectionState,
  type Health,
} from '#shared/contract/connections.ts'

export interface ClusterView {
  /** Of the masters that serve slots; before the cluster has told which, of the nodes that are asked. */
  nodes: readonly Health[]
  /** Null until the cluster has told who serves what. */
  complete: boolean | null
  /** Whether all masters take the cluster for whole; null before they were asked. */
  agreed: boolean | null
  /** What keeps the cluster from telling: `not-a-cluster`, or no right to ask. */
  problem: ConnectionReason | null
  /** When the cluster is asked again. */
  nextLookAt: number | null
}

export type ClusterState = Pick<Health, 'state' | 'reason' | 'nextTryAt'>

/** The worst first. */
const limits: readonly (ConnectionReason | null)[] = [
  'busy',
  'replication',
  'memory',
  'replica',
  'latency',
]

/**
 * The state of a cluster by that of its masters: as good as the worst of them, since any of them may
 * have what is asked for.
 */
export function clusterStateOf(view: ClusterView): ClusterState {
  const { nodes, complete, agreed, problem, nextLookAt } = view
  if (problem !== null) return state('refused', problem)
  if (complete === null) return beginning(nodes, nextLookAt)
  const missing = nodes.filter((node) => !isServing(node))
  if (complete && missing.length === 0) {
    if (agreed === null) return state('connecting', null)
    if (agreed) return limited(nodes)
  }
  const refusal = missing.find((node) => node.state === 'refused')
  if (refusal !== undefined) return state('refused', refusal.reason)
  const all = (wanted: ConnectionState) =>
    complete && missing.length > 0 && missing.every((node) => node.state === wanted)
  // Only opened: after a failover or with a new node it is there in an instant.
  if (all('connecting')) return state('connecting', null)
  if (all('loading')) return state('loading', 'loading')
  return state('reconnecting', 'cluster-down', soonest(missing) ?? nextLookAt)
}

/** No node has told of the cluster yet. */
function beginning(nodes: readonly Health[], nextLookAt: number | null): ClusterState {
  const likely = ['connecting', 'ready', 'degraded'] as const
  if (nodes.length === 0 || nodes.some((node) => likely.some((one) => one === node.state))) {
    return state('connecting', null)
  }
  const telling = (['refused', 'loading', 'reconnecting'] as const)
    .map((wanted) => nodes.find((node) => node.state === wanted))
    .find((node) => node !== undefined)
  return telling === undefined
    ? state('connecting', null)
    : state(telling.state, telling.reason, soonest(nodes) ?? nextLookAt)
}

function limited(nodes: readonly Health[]): ClusterState {
  const worst = limits.find((reason) => nodes.some((node) => node.reason === reason))
  return worst === undefined ? state('ready', null) : state('degraded', worst)
}

/** A script that does not end is a limit of the node; it serves its slots all the same, later. */
function isServing(node: Health): boolean {
  return isReadable(node) || node.state === 'degraded'
}

function soonest(nodes: readonly Health[]): number | null {
  const times = nodes.map(({ nextTryAt }) => nextTryAt).filter((at) => at !== null)
  return times.length === 0 ? null : Math.min(...times)
}

function state(
  state: ConnectionState,
  reason: ConnectionReason | null,
  nextTryAt: number | null = null,
): ClusterState {
  return { state, reason, nextTryAt: state === 'reconnecting' ? nextTryAt : null }
}

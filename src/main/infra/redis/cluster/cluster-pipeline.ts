import type { Endpoint } from '#shared/contract/profiles.ts'
import { place } from '#shared/domain/redis-url.ts'
import { isConsoleError } from '#shared/errors.ts'
import type { RedisLink, Urgency } from '../link.ts'
import type { PipelineCommand } from '../send-commands.ts'
import { keyOf } from './command-key.ts'
import { slotOf } from './key-slot.ts'
import { redirectionOf } from './redirection.ts'
import { spreadOf, type Spread } from './spread.ts'

/** Where commands go. */
export interface Routes {
  /** The masters, the first in the order of slots first. */
  masters(): readonly Endpoint[]
  /** Null where nobody serves it. */
  masterOf(slot: number): Endpoint | null
  linkTo(endpoint: Endpoint): RedisLink | null
}

/** Stands for a reply where a command was not carried out. */
export class Unserved {
  readonly error: unknown
  /** The node that did not serve it; null when there was none to send it to. */
  readonly node: Endpoint | null
  /** The node says that it is not the one, rather than nothing. */
  readonly redirected: boolean
  /** The node takes the cluster for down. */
  readonly down: boolean
  /** Where it wants to be asked once. */
  readonly ask: Endpoint | null

  constructor(error: unknown, node: Endpoint | null) {
    const redirection = redirectionOf(error)
    this.error = error
    this.node = node
    this.redirected = redirection !== null
    this.down = error instanceof Error && isDown(error)
    this.ask = redirection?.ask ?? null
  }
}

/** As Redis says it, or as the link to the node does. */
function isDown(error: Error): boolean {
  if (!isConsoleError(error)) return error.message.startsWith('CLUSTERDOWN')
  return 'reason' in error.data && error.data.reason === 'cluster-down'
}

interface Part {
  command: PipelineCommand
  node: Endpoint | null
  asking: boolean
}

/**
 * Sends each command to the node that has its key, all nodes side by side and each in one round trip. The
 * reply is `Unserved` where a node could not be reached or sent the command elsewhere.
 */
export async function sendByNode(
  commands: readonly { command: PipelineCommand; ask: Endpoint | null }[],
  routes: Routes,
  urgency: Urgency,
): Promise<unknown[]> {
  const parts: Part[] = []
  const spreads = commands.map(({ command, ask }) => {
    const first = parts.length
    const { own, join } = partsOf(command, ask, routes)
    parts.push(...own)
    return { first, last: first + own.length, join }
  })
  const replies = await sendParts(parts, routes, urgency)
  return spreads.map(({ first, last, join }) => {
    const own = replies.slice(first, last)
    return own.find((reply) => reply instanceof Unserved) ?? join(own)
  })
}

function partsOf(
  command: PipelineCommand,
  ask: Endpoint | null,
  routes: Routes,
): { own: Part[]; join: Spread['join'] } {
  const key = keyOf(command)
  if (key !== null) {
    const node = ask ?? routes.masterOf(slotOf(key))
    return { own: [{ command, node, asking: ask !== null }], join: ([reply]) => reply }
  }
  const masters = routes.masters()
  const [first, ...rest] = masters.map(place)
  if (first === undefined) {
    return { own: [{ command, node: null, asking: false }], join: ([reply]) => reply }
  }
  const { parts, join } = spreadOf(command, [first, ...rest])
  const own = parts.map((part) => ({
    command: part.command,
    node: masters.find((master) => place(master) === part.node) ?? null,
    asking: false,
  }))
  return { own, join }
}

async function sendParts(
  parts: readonly Part[],
  routes: Routes,
  urgency: Urgency,
): Promise<unknown[]> {
  const replies: unknown[] = Array.from({ length: parts.length })
  const groups = new Map<string, { node: Endpoint; indexes: number[] }>()
  for (const [index, { node }] of parts.entries()) {
    if (node === null) {
      replies[index] = new Unserved(new Error('CLUSTERDOWN Hash slot not served'), null)
      continue
    }
    const group = groups.get(place(node)) ?? { node, indexes: [] }
    groups.set(place(node), group)
    group.indexes.push(index)
  }
  await Promise.all(
    [...groups.values()].map(async ({ node, indexes }) => {
      const own = indexes.flatMap((index) => parts[index] ?? [])
      const told = await sendToOne(own, routes.linkTo(node), node, urgency)
      for (const [at, index] of indexes.entries()) replies[index] = told[at]
    }),
  )
  return replies
}

async function sendToOne(
  parts: readonly Part[],
  link: RedisLink | null,
  node: Endpoint,
  urgency: Urgency,
): Promise<unknown[]> {
  const unserved = (error: unknown) => parts.map(() => new Unserved(error, node))
  if (link === null) return unserved(new Error('Connection is closed'))
  // ASKING counts for the very next command.
  const sent = parts.flatMap(({ command, asking }): PipelineCommand[] =>
    asking ? [['asking'], command] : [command],
  )
  try {
    const replies = await link.pipeline(sent, urgency)
    const own = replies.filter((_, index) => sent[index]?.[0] !== 'asking')
    return own.map((reply) => (redirectionOf(reply) === null ? reply : new Unserved(reply, node)))
  } catch (error) {
    if (isConsoleError(error) && error.code === 'ENVIRONMENT_UNREACHABLE') return unserved(error)
    throw error
  }
}

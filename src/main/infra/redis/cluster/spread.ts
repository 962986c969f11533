import type { PipelineCommand } from '../send-commands.ts'
import { nameOf } from './command-key.ts'

/** A command without a key, taken apart into what each master is asked. */
export interface Spread {
  parts: readonly { node: string; command: PipelineCommand }[]
  /** The reply to the whole out of the replies to the parts. */
  readonly join: (replies: readonly unknown[]) => unknown
}

/**
 * How a command without a key is asked of masters (places such as `host:port`, at least one): `dbsize` is
 * the sum, `client list` all lists one after the other, `scan` goes over one master after the other,
 * anything else goes to the first.
 */
export function spreadOf(
  command: PipelineCommand,
  masters: readonly [string, ...string[]],
): Spread {
  const everywhere = masters.map((node) => ({ node, command }))
  switch (nameOf(command)) {
    case 'dbsize':
      return { parts: everywhere, join: unlessRefused((counts) => sum(counts)) }
    case 'client':
      return String(command[1]).toLowerCase() === 'list'
        ? { parts: everywhere, join: unlessRefused((lists) => lists.map(text).join('')) }
        : toFirst(command, masters)
    case 'scan':
      return scanOf(command, masters)
    default:
      return toFirst(command, masters)
  }
}

function toFirst(command: PipelineCommand, [node]: readonly [string, ...string[]]): Spread {
  return { parts: [{ node, command }], join: ([reply]) => reply }
}

/**
 * A cursor is `<cursor of the node>@<node>`, so that it says where to go on whatever has become of the
 * others; where its node is none any more, the next one in order begins.
 */
function scanOf(
  [name, cursor, ...rest]: PipelineCommand,
  masters: readonly [string, ...string[]],
): Spread {
  const order = masters.toSorted()
  const [, inner = '0', from = ''] = /^(\d+)@(.+)$/.exec(String(cursor)) ?? []
  const node = order.find((master) => master >= from)
  // All that is left went away meanwhile.
  if (node === undefined) return { parts: [], join: () => ['0', []] }
  return {
    parts: [{ node, command: [name, node === from ? inner : '0', ...rest] }],
    join: ([reply]) => {
      if (!Array.isArray(reply)) return reply
      const [next, keys] = reply as [unknown, unknown]
      if (text(next) !== '0') return [`${text(next)}@${node}`, keys]
      const following = order[order.indexOf(node) + 1]
      return [following === undefined ? '0' : `0@${following}`, keys]
    },
  }
}

function unlessRefused(join: (replies: readonly unknown[]) => unknown) {
  return (replies: readonly unknown[]) =>
    replies.find((reply) => reply instanceof Error) ?? join(replies)
}

const sum = (counts: readonly unknown[]) =>
  counts.reduce<number>((total, count) => total + (typeof count === 'number' ? count : 0), 0)

const text = (reply: unknown) => String(reply)

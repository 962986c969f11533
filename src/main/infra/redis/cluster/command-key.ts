import type { Buffer } from 'node:buffer'
import type { PipelineCommand } from '../send-commands.ts'

/** Commands about a server, not about a key. */
const keyless = new Set([
  'acl',
  'client',
  'cluster',
  'command',
  'config',
  'dbsize',
  'echo',
  'info',
  'latency',
  'ping',
  'role',
  'scan',
  'slowlog',
  'time',
])
/** `MEMORY USAGE key`. */
const behindSubcommand = new Set(['memory', 'object', 'xinfo'])

/** The key stands behind this word. */
const behindWord: Record<string, string> = { xread: 'streams' }

export function nameOf([name]: PipelineCommand): string {
  return name.replace(/Buffer$/, '').toLowerCase()
}

/** The key that decides where a command of the console's readings goes; null when none does. */
export function keyOf(command: PipelineCommand): string | Buffer | null {
  const name = nameOf(command)
  if (keyless.has(name)) return null
  const word = behindWord[name]
  const place =
    word === undefined
      ? behindSubcommand.has(name)
        ? 2
        : 1
      : command.findIndex((part) => String(part).toLowerCase() === word) + 1
  const key = command[place]
  return typeof key === 'number' ? String(key) : (key ?? null)
}

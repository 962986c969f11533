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

export function nameOf([name]: PipelineCommand): string {
  return name.replace(/Buffer$/, '').toLowerCase()
}

/** The key that decides where a command of the console's readings goes; null when none does. */
export function keyOf(command: PipelineCommand): string | Buffer | null {
  const name = nameOf(command)
  if (keyless.has(name)) return null
  const key = command[behindSubcommand.has(name) ? 2 : 1]
  return typeof key === 'number' ? String(key) : (key ?? null)
}

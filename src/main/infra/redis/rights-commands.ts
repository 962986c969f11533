/*
 * Which commands the console sends to Redis, and how to ask about each. A test derives those of
 * actions from the very scripts BullMQ runs, and those of reads from what Redis counted, so that
 * neither a new reading nor an upgrade of BullMQ can leave one out.
 */

const words = (text: string): string[] => text.trim().split(/\s+/)

/** Without one of these, something cannot be read. */
export const readCommands = words(`
  dbsize exists get hexists hget hgetall hlen hmget hscan hstrlen lindex llen lpos lrange scan scard sismember
  smembers zcard zcount zrange zrangebyscore zrevrange zrevrangebyscore zscore`)

/**
 * Without these something stays unknown (who works, which version) or is found by looking often, and the rest
 * can be read.
 */
export const optionalReadCommands = [
  'client list',
  'info',
  'memory usage',
  'ping',
  'xinfo stream',
  'xread',
]

/** What an action looks at before it changes anything. */
const factCommands = words(`
  exists hget hlen hmget hscan hstrlen llen lpos scard sismember smembers zcard zrange zscore`)

/** What goes around a script. */
const transactionCommands = words('watch unwatch multi exec eval')

/** What the scripts of BullMQ 5 and 6 call. Redis asks for the right to each, at the time it is called. */
export const scriptCommands = {
  retry: words('exists hdel hget hmget hset incr llen lpush rpush sadd xadd zadd zrem'),
  remove: words(`
    del exists get hget hgetall hmget hset llen lpush lrem rpush scard smembers srem xadd zadd zrange
    zrem zscore`),
}

/** Redis before 6.0.6 has no LPOS; lists are then read in pieces. */
export const isNewer = (command: string) => command === 'lpos'

const unique = (commands: readonly string[]) => [...new Set(commands)]

/** All that an action needs, from its first look at the job to the end of its script. */
export const actionCommands = {
  // A reset of attempts also takes BullMQ 3's and 4's counter away, beside the script.
  retry: unique([...transactionCommands, ...scriptCommands.retry, 'hdel', ...factCommands]),
  remove: unique([...transactionCommands, ...scriptCommands.remove, ...factCommands]),
}

export const allCommands = unique([
  ...readCommands,
  ...optionalReadCommands,
  ...actionCommands.retry,
  ...actionCommands.remove,
])

/**
 * Arguments to ask about a command with, null for one that is not about a key. They are never meant to
 * be executed; where there is a form that would change nothing even then, it is that one.
 */
const samples: Record<string, ((key: string) => string[]) | null> = {
  'client list': null,
  dbsize: null,
  del: (key) => [key],
  eval: (key) => ['return 1', '1', key],
  exec: null,
  exists: (key) => [key],
  get: (key) => [key],
  hdel: (key) => [key, 'field'],
  hexists: (key) => [key, 'field'],
  hget: (key) => [key, 'field'],
  hgetall: (key) => [key],
  hlen: (key) => [key],
  hmget: (key) => [key, 'field'],
  hscan: (key) => [key, '0'],
  // A field without its value: an error, were it executed.
  hset: (key) => [key, 'field', 'value', 'field'],
  hstrlen: (key) => [key, 'field'],
  incr: (key) => [key],
  info: null,
  lindex: (key) => [key, '0'],
  llen: (key) => [key],
  lpos: (key) => [key, 'element'],
  lpush: (key) => [key, 'element'],
  lrange: (key) => [key, '0', '0'],
  lrem: (key) => [key, '1', 'element'],
  'memory usage': (key) => [key],
  multi: null,
  ping: null,
  rpush: (key) => [key, 'element'],
  sadd: (key) => [key, 'member'],
  scan: null,
  scard: (key) => [key],
  sismember: (key) => [key, 'member'],
  smembers: (key) => [key],
  srem: (key) => [key, 'member'],
  unwatch: null,
  watch: (key) => [key],
  'xinfo stream': (key) => [key],
  xread: (key) => ['STREAMS', key, '0'],
  xadd: (key) => [key, 'not-an-id', 'field', 'value'],
  zadd: (key) => [key, 'not-a-score', 'member'],
  zcard: (key) => [key],
  zcount: (key) => [key, '0', '0'],
  zrange: (key) => [key, '0', '0'],
  zrangebyscore: (key) => [key, '0', '0'],
  zrem: (key) => [key, 'member'],
  zrevrange: (key) => [key, '0', '0'],
  zrevrangebyscore: (key) => [key, '0', '0'],
  zscore: (key) => [key, 'member'],
}

/** A command about a key, or about none. */
export interface Question {
  command: string
  key: string | null
}

/** One question for each key, or a single one where the command is about none. */
export function questionsOn(command: string, keys: readonly string[]): Question[] {
  return samples[command] === null
    ? [{ command, key: null }]
    : keys.map((key) => ({ command, key }))
}

/** The command as it would be sent. */
export function sampleOf({ command, key }: Question): [string, ...string[]] {
  const [name = command, ...subcommand] = command.split(' ')
  const sample = samples[command]
  if (sample === undefined) throw new Error(`no arguments to ask about ${command} with`)
  if (command === 'scan') return [name, '0']
  return [name, ...subcommand, ...(sample === null || key === null ? [] : sample(key))]
}

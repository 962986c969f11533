import type { Profile } from '../contract/profiles.ts'

/** What a Redis URL says of a profile. */
export interface RedisUrl {
  deployment: Extract<Profile['deployment'], { type: 'standalone' | 'socket' }>
  username: string | null
  password: string | null
  database: number
  tls: boolean
}

export type RedisUrlProblem =
  | 'not-a-url'
  | 'wrong-scheme'
  | 'no-host'
  | 'bad-port'
  | 'bad-database'
  | 'bad-escape'
  | 'has-parameters'

/**
 * Takes a URL apart as redis-cli and the libraries write it: `redis://user:password@host:6379/0`,
 * `rediss://` for TLS, `unix:///path/to.sock` (also `redis+unix:`), with `?db=2` for a socket. Answers
 * the problem when it is none; no problem repeats any part of the URL, since it may hold a password.
 */
export function parseRedisUrl(text: string): RedisUrl | RedisUrlProblem {
  // The URL Standard wants a host behind a password, which the URL of a socket has not.
  const trimmed = text
    .trim()
    .replace(/^((?:redis\+)?(?:unix|socket):\/\/[^/@]*@)\//i, '$1localhost/')
  if (!URL.canParse(trimmed)) {
    // A port out of range is all that is wrong with some.
    return URL.canParse(trimmed.replace(/:\d+(?=\/?\d*$)/, '')) ? 'bad-port' : 'not-a-url'
  }
  const url = new URL(trimmed)
  const credentials = credentialsOf(url)
  if (credentials === null) return 'bad-escape'
  if (['unix:', 'redis+unix:', 'redis+socket:'].includes(url.protocol)) {
    const path = decoded(url.pathname)
    const database = Number(url.searchParams.get('db') ?? url.searchParams.get('database') ?? 0)
    if (path === null || path === '' || path === '/') return 'no-host'
    if (!Number.isInteger(database) || database < 0 || database > 65_535) return 'bad-database'
    return { deployment: { type: 'socket', path }, ...credentials, database, tls: false }
  }
  if (url.protocol !== 'redis:' && url.protocol !== 'rediss:') return 'wrong-scheme'
  if (/[?#]/.test(trimmed)) return 'has-parameters'
  if (url.hostname === '') return 'no-host'
  if (url.port === '0') return 'bad-port'
  const path = /^\/?(\d{0,5})$/.exec(url.pathname)
  const database = Number(path?.[1] ?? Number.NaN)
  if (!Number.isInteger(database) || database > 65_535) return 'bad-database'
  // Not every scheme has its host in lower case once it is parsed.
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1').toLowerCase()
  return {
    deployment: { type: 'standalone', host, port: Number(url.port || 6379) },
    ...credentials,
    database,
    tls: url.protocol === 'rediss:',
  }
}

function credentialsOf(url: URL): Pick<RedisUrl, 'username' | 'password'> | null {
  const username = decoded(url.username)
  const password = decoded(url.password)
  if (username === null || password === null) return null
  return { username: username || null, password: password || null }
}

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text)
  } catch {
    return null
  }
}

/**
 * Where a profile leads, for people to read: no user, no password.
 * `rediss://host:6380/0`, `unix:/run/redis.sock/0`, `sentinel://mymaster@one:26379,two:26379/0`,
 * `cluster://one:7000,two:7000`, each with ` via ssh://host:22` behind a tunnel.
 */
export function addressOf({ deployment, database, tls, ssh }: Profile): string {
  const tunnel = ssh === null ? '' : ` via ssh://${place(ssh)}`
  return `${placeOf(deployment, database, tls !== null)}${tunnel}`
}

function placeOf(deployment: Profile['deployment'], database: number, tls: boolean): string {
  if (deployment.type === 'socket') return `unix:${deployment.path}/${database}`
  if (deployment.type === 'cluster') {
    return `${tls ? 'clusters' : 'cluster'}://${deployment.nodes.map(place).join(',')}`
  }
  if (deployment.type === 'sentinel') {
    const sentinels = deployment.sentinels.map(place).join(',')
    return `${tls ? 'sentinels' : 'sentinel'}://${deployment.master}@${sentinels}/${database}`
  }
  return `${tls ? 'rediss' : 'redis'}://${place(deployment)}/${database}`
}

/** `host:port`, an IPv6 address in brackets. */
export function place({ host, port }: { host: string; port: number }): string {
  return `${host.includes(':') ? `[${host}]` : host}:${port}`
}

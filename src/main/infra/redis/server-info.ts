export interface ServerInfo {
  version: string | null
  role: 'primary' | 'replica' | null
}

/** The lines of INFO the console uses; a server that leaves them out is tolerated. */
export function parseServerInfo(info: string): ServerInfo {
  const field = (name: string) => new RegExp(`^${name}:([^\\r\\n]+)`, 'm').exec(info)?.[1] ?? null
  const role = field('role')
  return {
    // Valkey says 7.2.4 under redis_version for old clients, and its own beside it.
    version: field('redis_version'),
    role: role === 'master' ? 'primary' : role === 'slave' ? 'replica' : null,
  }
}

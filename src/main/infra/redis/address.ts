/**
 * Where a Redis URL points, without user, password or parameters: `rediss://host:6380/0`.
 * Throws a plain `TypeError` that does not repeat the URL when it is not one.
 */
export function redisAddress(url: string): string {
  const parsed = parse(url)
  const host = parsed.hostname === '' ? 'localhost' : parsed.hostname
  const port = parsed.port === '' ? '6379' : parsed.port
  const database = /^\/(\d+)$/.exec(parsed.pathname)?.[1] ?? '0'
  return `${parsed.protocol}//${host}:${port}/${database}`
}

function parse(url: string): URL {
  if (!/^rediss?:\/\//i.test(url)) throw new TypeError('Not a redis:// or rediss:// URL')
  try {
    return new URL(url)
  } catch {
    // The original error holds the whole URL, password included.
    throw new TypeError('Not a valid Redis URL')
  }
}

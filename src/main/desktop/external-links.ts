import { parseUrl } from './origin.ts'

/** Documentation the console itself points to; anything else is shown to the person first. */
const knownHosts: ReadonlySet<string> = new Set(['docs.bullmq.io', 'redis.io'])
const longestAddress = 2048

export type LinkVerdict =
  | { verdict: 'open' | 'ask'; url: string }
  | { verdict: 'refuse'; reason: 'invalid' | 'scheme' | 'credentials' | 'length' }

/**
 * What may happen to a link that leaves the console. Job data are hostile input: a `file:`, `smb:`
 * or custom scheme can start programs, so only https ever leaves.
 */
export function judgeLink(address: string): LinkVerdict {
  if (address.length > longestAddress) return { verdict: 'refuse', reason: 'length' }
  const url = parseUrl(address)
  if (url === null) return { verdict: 'refuse', reason: 'invalid' }
  if (url.protocol !== 'https:') return { verdict: 'refuse', reason: 'scheme' }
  // `https://docs.bullmq.io@example.com` reads like another host than it is.
  if (url.username !== '' || url.password !== '') {
    return { verdict: 'refuse', reason: 'credentials' }
  }
  return { verdict: knownHosts.has(url.host) ? 'open' : 'ask', url: url.href }
}

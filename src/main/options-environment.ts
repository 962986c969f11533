import { createHash } from 'node:crypto'
import { z } from 'zod'
import { slug } from '#shared/domain/slug.ts'
import type { EnvironmentOptions } from './command-line-environment.ts'

/** A Redis address this console can use; its messages never repeat any part of it. */
export const redisUrlSchema = z
  .string()
  .trim()
  .superRefine((text, context) => {
    const problem = problemOfRedisUrl(text)
    if (problem !== null) context.addIssue({ code: 'custom', message: problem })
  })

function problemOfRedisUrl(text: string): string | null {
  const shape = 'redis://user:password@host:6379/0'
  if (/[?#]/.test(text)) {
    return '--redis may not hold ? or #; write special characters of a password as %3F, %23, %40'
  }
  if (!URL.canParse(text)) return `--redis is not a URL of the form ${shape}`
  const url = new URL(text)
  if (url.protocol !== 'redis:' && url.protocol !== 'rediss:') {
    return '--redis must start with redis:// or rediss:// (TLS)'
  }
  if (url.hostname === '') return `--redis names no host; its form is ${shape}`
  if (url.port === '0') return '--redis has a bad port'
  if (!/^\/?\d{0,5}$/.test(url.pathname) || Number(url.pathname.slice(1)) > 65_535) {
    return '--redis must end with a database number, as in /0'
  }
  try {
    decodeURIComponent(url.username)
    decodeURIComponent(url.password)
  } catch {
    return '--redis has a % in user or password that is not an escape; write it as %25'
  }
  return null
}

/** Fills in what was not said of an environment: name, kind, id. `url` has passed `redisUrlSchema`. */
export function describeEnvironment(given: {
  url: string
  name: string | undefined
  kind: EnvironmentOptions['kind'] | undefined
  prefix: string
  readOnly: boolean
  demo: boolean
}): EnvironmentOptions {
  const { url, prefix, readOnly, demo } = given
  const place = nameOf(new URL(url), prefix)
  const name = given.name ?? (demo ? 'Demo' : place)
  return {
    id: demo ? slug(name, 'environment') : idOf(name, place),
    name,
    kind: given.kind ?? defaultKind(new URL(url).hostname),
    url,
    prefix,
    readOnly,
    demo,
  }
}

function nameOf(url: URL, prefix: string): string {
  const database = Number(url.pathname.slice(1) || 0)
  // Not every scheme has its host in lower case once it is parsed.
  const place = `${url.hostname.toLowerCase()}:${url.port || '6379'}${database === 0 ? '' : `/${database}`}`
  return prefix === 'bull' ? place : `${place} ${prefix}`
}

/** Another machine's Redis counts as production until said otherwise: the mistake that does no harm. */
function defaultKind(hostname: string): EnvironmentOptions['kind'] {
  const local = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/i.test(hostname)
  return local ? 'development' : 'production'
}

/** `demo` is the demo's own, and `live` is taken by the API's path. */
const takenIds = new Set(['demo', 'live'])

/**
 * What the audit and the known queues are kept under. A name fit for it is its own id; any other gets a
 * mark of itself and of where it leads, since "A.B" and "a b" would be one.
 */
function idOf(name: string, place: string): string {
  const plain = slug(name, 'environment')
  if (plain === name && !takenIds.has(plain)) return plain
  const mark = createHash('sha256').update(`${name}\n${place}`).digest('hex').slice(0, 8)
  return `${plain}-${mark}`
}

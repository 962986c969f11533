import { parseRedisUrl, type RedisUrl, type RedisUrlProblem } from '#shared/domain/redis-url.ts'
import type { Draft, EndpointDraft, SecretDraft } from './draft.ts'

/** What a text that was pasted into a field for hosts turned out to be. */
export type Pasted =
  | { type: 'url'; url: RedisUrl }
  | { type: 'bad-url'; problem: RedisUrlProblem }
  | { type: 'endpoints'; endpoints: EndpointDraft[] }

/** Whether a text means to be a URL; a host and port alone, `redis:6379`, does not. */
export function looksLikeUrl(text: string): boolean {
  return /^\s*[a-z][a-z+.-]*:\/\//i.test(text)
}

/** Recognises a Redis URL and one or several `host:port`; null when it is just text. */
export function readPasted(text: string, usualPort: string): Pasted | null {
  if (looksLikeUrl(text)) {
    const url = parseRedisUrl(text)
    return typeof url === 'string' ? { type: 'bad-url', problem: url } : { type: 'url', url }
  }
  const parts = text.split(/[\s,;]+/).filter((part) => part !== '')
  const endpoints = parts.map((part) => endpointIn(part, usualPort))
  const plain = parts.length === 1 && endpoints[0]?.host === parts[0]
  return parts.length === 0 || plain ? null : { type: 'endpoints', endpoints }
}

/** The form filled by a URL; what a URL does not speak of stays. */
export function withUrl(draft: Draft, url: RedisUrl): Draft {
  const { deployment, username, database, tls } = url
  return {
    ...draft,
    deployment: {
      ...draft.deployment,
      ...(deployment.type === 'standalone'
        ? { type: 'standalone', host: deployment.host, port: String(deployment.port) }
        : deployment),
    },
    username: username ?? '',
    database: String(database),
    encrypted: tls,
    secrets: { ...draft.secrets, password: passwordAfter(draft, url) },
  }
}

/** One that was typed for another server or user must not be sent to this one. */
function passwordAfter(draft: Draft, { deployment, username, password }: RedisUrl): SecretDraft {
  if (password !== null) return { change: 'replace', text: password }
  const { type, host, port, path } = draft.deployment
  const before = type === 'socket' ? path : host
  const same =
    type === deployment.type &&
    draft.username === (username ?? '') &&
    (deployment.type === 'socket'
      ? path === deployment.path
      : host === deployment.host && port === String(deployment.port))
  return before === '' || same ? draft.secrets.password : { change: 'keep', text: '' }
}

/** An IPv6 address needs its brackets to be told from its port. */
function endpointIn(text: string, usualPort: string): EndpointDraft {
  const [, bracketed, plain, port] = /^(?:\[([^\]]+)\]|([^:]+))(?::(\d+))?$/.exec(text) ?? []
  return { host: bracketed ?? plain ?? text, port: port ?? usualPort }
}

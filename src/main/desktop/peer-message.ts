/*
 * The envelope of @orpc/standard-server-peer, before oRPC reads it: oRPC trusts the envelope, and what
 * it throws on a broken one nobody could catch.
 */
const messageTypes = { request: 1, event: 3, abort: 4 } as const

/** A message oRPC can read, or null when a page sent anything else. */
export function parsePeerMessage(data: unknown): object | null {
  const message = typeof data === 'string' ? parseJson(data) : null
  if (!isRecord(message) || typeof message['i'] !== 'string') return null
  const { t: type = messageTypes.request, p: payload } = message
  if (type === messageTypes.abort) return message
  if (!isRecord(payload)) return null
  if (type === messageTypes.event) return typeof payload['e'] === 'string' ? message : null
  return type === messageTypes.request && isRequest(payload) ? message : null
}

function isRequest({ u: path, m: method = 'POST', h: headers = {} }: Record<string, unknown>) {
  return (
    typeof path === 'string' &&
    path.startsWith('/') &&
    typeof method === 'string' &&
    isRecord(headers) &&
    Object.values(headers).every((value) => typeof value === 'string')
  )
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

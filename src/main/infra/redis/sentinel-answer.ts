import type { Endpoint } from '#shared/contract/profiles.ts'

/** What a sentinel says of a primary. */
export interface SentinelAnswer {
  /** Null when it knows no primary of this name. */
  primary: Endpoint | null
  /** Grows with each failover, so that an older answer can be told; null where it does not say. */
  epoch: number | null
  /** The other sentinels that watch it. */
  sentinels: Endpoint[]
}

/**
 * Puts the replies to GET-MASTER-ADDR-BY-NAME, MASTER and SENTINELS together. Of the last two an Error
 * (a user may not ask) or anything odd counts as not told.
 */
export function sentinelAnswerOf(
  address: unknown,
  details: unknown,
  others: unknown,
): SentinelAnswer {
  const [host, port] = Array.isArray(address) ? (address as unknown[]) : []
  const epoch = Number(fieldsOf(details).get('config-epoch') ?? Number.NaN)
  const sentinels = Array.isArray(others) ? others.map(sentinelOf) : []
  return {
    primary: endpointOf(host, port),
    epoch: Number.isSafeInteger(epoch) ? epoch : null,
    sentinels: sentinels.filter((sentinel) => sentinel !== null),
  }
}

function sentinelOf(reply: unknown): Endpoint | null {
  const fields = fieldsOf(reply)
  const gone = /disconnected|s_down/.test(fields.get('flags') ?? '')
  return gone ? null : endpointOf(fields.get('ip'), fields.get('port'))
}

/** Names and values one after the other. */
function fieldsOf(reply: unknown): Map<string, string> {
  const fields = new Map<string, string>()
  if (!Array.isArray(reply)) return fields
  for (let at = 0; at + 1 < reply.length; at += 2) {
    fields.set(String(reply[at]), String(reply[at + 1]))
  }
  return fields
}

function endpointOf(host: unknown, port: unknown): Endpoint | null {
  const number = Number(port)
  if (typeof host !== 'string' || host === '') return null
  return Number.isInteger(number) && number > 0 && number < 65_536
    ? { host: host.toLowerCase(), port: number }
    : null
}

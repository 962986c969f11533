import { secretSlots } from '#shared/contract/profiles.ts'

const hidden = '[redacted]'

/** Fields whose value never enters a log, whatever object they sit in. */
const secretFields = new RegExp(
  `^(url|password|passphrase|token|authorization|cookie|secrets?|data|returnvalue|args|${secretSlots.join('|')})$`,
  'i',
)

/** User and password of a URL inside any text: `rediss://user:pass@host` keeps only `rediss://host`. */
const credentials = /\b([a-z][a-z0-9+.-]*:\/\/)[^\s/?#'"]*@/gi
/** A token or ticket in a query string or fragment. */
const tokenParameter = /([?&#](?:(?:access_)?token|ticket)=)[^&#\s'"]+/gi
const bearer = /\b(Bearer|Basic) +[A-Za-z0-9._~+/=-]+/g

const deepest = 6
const longestText = 8000

/** Takes secrets out of a text: credentials in URLs, tokens, authorisation headers. */
export function redactText(text: string): string {
  return text
    .slice(0, longestText)
    .replaceAll(credentials, `$1${hidden}@`)
    .replaceAll(tokenParameter, `$1${hidden}`)
    .replaceAll(bearer, `$1 ${hidden}`)
}

/** A copy of log fields without secrets and payloads; errors keep name, code, message, stack and cause. */
export function redact(fields: object): Record<string, unknown> {
  return redactFields(fields, 0, new Set())
}

function redactFields(value: object, depth: number, above: Set<object>): Record<string, unknown> {
  const inside = new Set(above).add(value)
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      name,
      secretFields.test(name) ? hidden : redactValue(inner, depth + 1, inside),
    ]),
  )
}

function redactValue(value: unknown, depth: number, above: Set<object>): unknown {
  if (typeof value === 'string') return redactText(value)
  if (typeof value === 'bigint') return String(value)
  if (typeof value !== 'object' || value === null) return value
  if (above.has(value)) return '[circular]'
  if (depth > deepest) return '[deep]'
  if (value instanceof Error) return redactError(value, depth, above)
  if (value instanceof Date) return value.toJSON()
  if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`
  if (Array.isArray(value)) {
    const inside = new Set(above).add(value)
    return value.map((inner) => redactValue(inner, depth + 1, inside))
  }
  return redactFields(value, depth, above)
}

/** Only the known parts: libraries hang commands, with passwords and payloads, on their errors. */
function redactError(error: Error, depth: number, above: Set<object>): Record<string, unknown> {
  const { name, message, stack, cause } = error
  const { code } = error as { code?: unknown }
  const inside = new Set(above).add(error)
  return {
    name,
    message: redactText(message),
    ...(typeof code === 'string' || typeof code === 'number' ? { code } : {}),
    ...(stack === undefined ? {} : { stack: redactText(stack) }),
    ...(cause === undefined ? {} : { cause: redactValue(cause, depth + 1, inside) }),
  }
}

/**
 * Search parameters as plain text, so that links stay readable (`?queue=mail&state=failed`) and an id
 * made of digits stays an id. Each route's schema says what it takes; a number is coerced there.
 */
export function parseSearch(text: string): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(text))
}

/** Leaves out what is undefined, null or empty. */
export function stringifySearch(search: Record<string, unknown>): string {
  const entries = Object.entries(search).flatMap(([name, value]) =>
    isPlain(value) && value !== '' ? [[name, String(value)]] : [],
  )
  return entries.length === 0 ? '' : `?${new URLSearchParams(entries).toString()}`
}

function isPlain(value: unknown): value is string | number | boolean {
  return ['string', 'number', 'boolean'].includes(typeof value)
}

/** Characters of the longest list of issues that is read. */
const mostRead = 8_000

/**
 * The first issue of a message that is a list of them in JSON, as Zod and Ajv write: its path and
 * message, and how many more there are, in at most `longest` characters. Null when it is none, or
 * longer than is read.
 */
export function issuesLine(text: string, longest: number): string | null {
  if (text.length > mostRead || !/^[[{]/.test(text)) return null
  const issues = issuesOf(parse(text))
  const first: unknown = issues?.[0]
  if (issues === null || !isRecord(first) || typeof first['message'] !== 'string') return null
  const message = inOneLine(first['message'])
  if (message === '') return null
  const path = pathOf(first)
  const more = issues.length > 1 ? ` (+${issues.length - 1} more)` : ''
  const line = path === '' ? message : `${path}: ${message}`
  return `${line.slice(0, longest - more.length).trimEnd()}${more}`
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** A list itself, or the one in an object's `issues` or `errors`. */
function issuesOf(value: unknown): unknown[] | null {
  if (Array.isArray(value)) return value
  if (!isRecord(value)) return null
  const inside = value['issues'] ?? value['errors']
  return Array.isArray(inside) ? inside : null
}

/** `tags[0].name` of `["tags", 0, "name"]`; a path that is text stays as it is. */
function pathOf(issue: Record<string, unknown>): string {
  const path = issue['path'] ?? issue['instancePath']
  if (typeof path === 'string') return inOneLine(path)
  if (!Array.isArray(path)) return ''
  const steps = path.map((step: unknown) =>
    typeof step === 'number' ? `[${step}]` : typeof step === 'string' ? `.${step}` : '',
  )
  return inOneLine(steps.join('').replace(/^\./, ''))
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function inOneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}

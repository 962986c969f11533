import { issuesLine } from './issues-line.ts'

const longest = 300

/**
 * What a list shows of a message: its first line, cut at 300 characters. Validators throw messages that
 * are a list of issues in JSON: of these, the first one with its path, and how many more there are.
 * Where a first line says nothing otherwise (a lone bracket), the lines are joined.
 */
export function firstLine(text: string): string {
  const start = text.trimStart()
  const issues = issuesLine(start, longest)
  if (issues !== null) return issues
  // Only so much of a huge message is looked at.
  const head = start.slice(0, 10 * longest)
  const [line = ''] = head.split(/\r?\n/, 1)
  const telling = /[\p{L}\p{N}]/u.test(line) ? line : head.replace(/\s+/g, ' ')
  return telling.slice(0, longest).trimEnd()
}

import { issuesLine } from '../issues-line.ts'
import { scan } from './scan.ts'
import { TemplateText } from './template-text.ts'

/** Characters of a message that are looked at. */
const mostRead = 2000
/** Lines of a message that are told: what follows is mostly output of programs, and varies. */
const mostLines = 6
const longestIssue = 300

/**
 * A message without its variable parts: `text` for a reader, and `key`, which is the same for all messages that
 * differ in these parts alone. One pass, linear, at most 2,000 characters.
 */
export function templateOf(message: string): { text: string; key: string } {
  const template = new TemplateText()
  scan(issueText(message) ?? tellingText(message), template, 0)
  return template.result()
}

/** The first of a list of issues, such as Zod throws. */
function issueText(message: string): string | null {
  const first = message.charCodeAt(0)
  if (first !== 91 && first !== 123) return null
  return issuesLine(message, longestIssue)?.replace(/ \(\+\d+ more\)$/, '') ?? null
}

/** Without excerpts of source and without the log of what was tried. */
function tellingText(message: string): string {
  const head = message.length > mostRead ? message.slice(0, mostRead) : message
  if (!head.includes('\n')) return unquoted(head)
  const lines: string[] = []
  for (const line of head.split('\n')) {
    const text = line.trim()
    if (
      lines.length > 0 &&
      /^(?:Call log|Require stack|Stack trace|Stack|stdout|stderr):/i.test(text)
    )
      break
    if (text === '' || isExcerpt(text)) continue
    lines.push(text)
    if (lines.length === mostLines) break
  }
  return unquoted(lines.join(' '))
}

/** `→ 42   return this.prisma…`, `  12 | const x`: code moves with each release; and frames of a stack. */
function isExcerpt(line: string): boolean {
  return /^(?:[→>] ?)?\d{1,6}(?: \||  | [a-z/}]|$)|^[→>|^~]|^at .+:\d+:\d+\)?$/.test(
    line.slice(0, 300),
  )
}

/** A message that is one string of JSON is told without its quotes. */
function unquoted(text: string): string {
  return text.length > 2 && text.startsWith('"') && text.indexOf('"', 1) === text.length - 1
    ? text.slice(1, -1)
    : text
}

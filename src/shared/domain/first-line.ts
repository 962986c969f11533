const longest = 300

/**
 * What a list shows of a message: its first line, cut at 300 characters. Where that line says nothing
 * (validators throw messages that are JSON, beginning with a lone bracket), the lines are joined.
 */
export function firstLine(text: string): string {
  // Only so much of a huge message is looked at.
  const head = text.trimStart().slice(0, 10 * longest)
  const [line = ''] = head.split(/\r?\n/, 1)
  const telling = /[\p{L}\p{N}]/u.test(line) ? line : head.replace(/\s+/g, ' ')
  return telling.slice(0, longest).trimEnd()
}

/** A line of the log for a terminal: what happened, why, and what finds the whole line in the file. */
export function toSentence(line: string): string {
  const fields = JSON.parse(line) as Record<string, unknown>
  const { level: _level, time: _time, pid: _pid, msg, err, ...others } = fields
  const reason = typeof err === 'object' && err !== null && 'message' in err ? err.message : null
  const marks = Object.entries(others)
    .filter(([, value]) => ['string', 'number', 'boolean'].includes(typeof value))
    .map(([name, value]) => `${name} ${String(value)}`)
  return `vigie: ${[
    printableLine(msg),
    ...(reason === null ? [] : [`: ${printableLine(reason)}`]),
    ...(marks.length === 0 ? [] : [` (${printableLine(marks.join(', '))})`]),
  ].join('')}\n`
}

/** The first line without control characters: a job's name may hold what a terminal obeys. */
const printableLine = (text: unknown): string =>
  (String(text).split('\n')[0] ?? '').replaceAll(/\p{Cc}/gu, ' ')

import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

/** A line of the console's log, of which a test reads a few fields. */
export interface LogLine {
  level: number
  msg: string
  reason?: string
  [field: string]: unknown
}

/** pino's number for a warning. */
const warning = 40

/** What the console in `data` has warned of so far, oldest first. */
export async function warnings(data: string): Promise<LogLine[]> {
  const text = await readFile(join(data, 'logs', 'vigie.log'), 'utf8')
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as LogLine)
    .filter(({ level }) => level >= warning)
}

import type { Encoding } from '#core/mirror/export-ports.ts'
import { cellsOf } from './cells.ts'

const encoder = new TextEncoder()

/** One JSON object a line, with the columns as its fields; instants are ISO 8601 in UTC. */
export const jsonLines: Encoding = {
  extension: 'jsonl',
  async *encode(columns, pages) {
    for await (const jobs of pages) {
      if (jobs.length === 0) continue
      const lines = jobs.map((job) => {
        const cells = cellsOf(job, columns)
        return JSON.stringify(Object.fromEntries(columns.map((name, at) => [name, cells[at]])))
      })
      yield encoder.encode(`${lines.join('\n')}\n`)
    }
  },
}

import type { Encoding } from '#core/mirror/export-ports.ts'
import { cellsOf, type Cell } from './cells.ts'
import { slicesOf } from './slices.ts'

const encoder = new TextEncoder()

/** One JSON object a line, with the columns as its fields; instants are ISO 8601 in UTC. */
export const jsonLines: Encoding = {
  extension: 'jsonl',
  async *encode(columns, pages) {
    const names = columns.map((column) => `${JSON.stringify(column)}:`)
    const lineOf = (cells: readonly Cell[]) =>
      `{${names.map((name, at) => name + JSON.stringify(cells[at])).join(',')}}\n`
    for await (const jobs of slicesOf(pages)) {
      yield encoder.encode(jobs.map((job) => lineOf(cellsOf(job, columns))).join(''))
    }
  },
}

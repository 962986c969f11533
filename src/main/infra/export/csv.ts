import type { Encoding } from '#core/mirror/export-ports.ts'
import { cellsOf, type Cell } from './cells.ts'
import { slicesOf } from './slices.ts'

const encoder = new TextEncoder()

/**
 * RFC 4180 with a byte order mark, so that spreadsheets take it for UTF-8. Text that a spreadsheet would
 * take for a formula is led by an apostrophe, also where one that separates by semicolons or tabs, as in much
 * of Europe, would see a cell begin within it; instants are ISO 8601 in UTC.
 */
export const csv: Encoding = {
  extension: 'csv',
  async *encode(columns, pages) {
    yield encoder.encode(`\uFEFF${lineOf(columns)}`)
    for await (const jobs of slicesOf(pages)) {
      yield encoder.encode(jobs.map((job) => lineOf(cellsOf(job, columns))).join(''))
    }
  },
}

/** Where a formula could begin. */
const formula = /(?<=^|[;\t\r\n])(?=[=+\-@\t\r\n＝＋－＠])/g

const lineOf = (cells: readonly Cell[]): string => `${cells.map(fieldOf).join(',')}\r\n`

function fieldOf(cell: Cell): string {
  if (cell === null) return ''
  if (typeof cell === 'number') return String(cell)
  if (cell instanceof Date) return cell.toISOString()
  const text = cell.replace(formula, "'")
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

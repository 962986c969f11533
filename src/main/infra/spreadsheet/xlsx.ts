import type { Encoding } from '#core/mirror/export-ports.ts'
import type { ExportColumn, MirrorJob } from '#shared/contract/job-search.ts'
import { cellsOf, type Cell } from '../export/cells.ts'
import { slicesOf } from '../export/slices.ts'

/** Excel's limit for one cell, in UTF-16 units. */
const longestCell = 32_767

/** Columns of instants, which are numbers to a spreadsheet. */
const instants: ReadonlySet<ExportColumn> = new Set(['at', 'added', 'started', 'finished', 'gone'])
const widths: Partial<Record<ExportColumn, number>> = { name: 28, queue: 24, id: 24, error: 80 }

/**
 * Office Open XML. Text stays text, whatever it begins with; a cell over Excel's limit is cut; rows beyond
 * the 1,048,576 of a sheet go on in a sheet of their own, with its own head.
 */
export const xlsx: Encoding = {
  extension: 'xlsx',
  async *encode(columns, pages) {
    // Large, and seldom needed.
    const { writeXlsxStream } = await import('hucre/xlsx')
    const stream = writeXlsxStream(rowsOf(columns, pages), {
      name: 'Jobs',
      columns: columns.map((column) => ({
        header: column,
        width: widths[column] ?? (instants.has(column) ? 20 : 14),
        ...(instants.has(column) ? { numFmt: 'yyyy-mm-dd hh:mm:ss' } : {}),
      })),
      freezePane: { rows: 1 },
      // One sheet of long texts can pass the four gigabytes of the older form.
      zip64: true,
    })
    const reader = stream.getReader()
    try {
      for (let part = await reader.read(); !part.done; part = await reader.read()) yield part.value
    } finally {
      // Left early, it would wait for somebody to read on.
      await reader.cancel().catch(() => {})
    }
  },
}

async function* rowsOf(
  columns: readonly ExportColumn[],
  pages: AsyncIterable<readonly MirrorJob[]>,
): AsyncGenerator<Cell[], void, undefined> {
  for await (const jobs of slicesOf(pages)) {
    for (const job of jobs) yield cellsOf(job, columns).map(fitting)
  }
}

/** Cut to what a cell holds, but not through a character; without what XML cannot say. */
function fitting(cell: Cell): Cell {
  if (typeof cell !== 'string' || cell.length <= longestCell) return cell
  return `${cell.slice(0, longestCell - 1).replace(/[\uD800-\uDBFF]$/, '')}…`
}

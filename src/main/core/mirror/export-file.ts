import type { ExportColumn, ExportPart, MirrorJob } from '#shared/contract/job-search.ts'
import type { Encoding } from './export-ports.ts'
import type { SearchQuery, SearchResult } from './ports.ts'

const pageSize = 500
const partSize = 128 * 1024

/**
 * The file of a result, made while it is read: page by page out of the mirror, so that it takes the same
 * memory for ten rows and for a million. Ends early, without its last part, when the signal aborts.
 */
export async function* exportFile(parts: {
  environment: string
  search: (
    page: Pick<SearchQuery, 'limit' | 'cursor' | 'count' | 'bulk'>,
  ) => Promise<Pick<SearchResult, 'items' | 'cursor' | 'total'>>
  columns: readonly ExportColumn[]
  encoding: Encoding
  signal: AbortSignal
}): AsyncGenerator<ExportPart, void, undefined> {
  const { environment, columns, encoding, signal } = parts
  const fileName = nameOf(environment, encoding.extension)
  const search = (cursor: string | undefined, count: 'exact' | 'none') =>
    parts.search({ limit: pageSize, cursor, count, bulk: true })
  const first = await search(undefined, 'exact')
  const total = first.total ?? first.items.length
  let rows = 0

  async function* pages(): AsyncGenerator<readonly MirrorJob[], void, undefined> {
    let page = first
    while (!signal.aborted) {
      rows += page.items.length
      yield page.items
      if (page.cursor === null || signal.aborted) return
      page = await search(page.cursor, 'none')
    }
  }

  for await (const bytes of inParts(encoding.encode(columns, pages()))) {
    if (signal.aborted) return
    // Rows may come and go while it is made.
    const read = { rows, total: Math.max(total, rows) }
    yield { fileName, bytes: bytes.toString('base64'), ...read, done: false }
  }
  if (!signal.aborted) yield { fileName, bytes: '', rows, total: rows, done: true }
}

/** Bytes gathered to parts of a size that is worth sending. */
async function* inParts(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer, void, undefined> {
  let gathered: Uint8Array[] = []
  let size = 0
  for await (const some of bytes) {
    gathered.push(some)
    size += some.length
    if (size < partSize) continue
    yield Buffer.concat(gathered)
    gathered = []
    size = 0
  }
  if (size > 0) yield Buffer.concat(gathered)
}

/** `staging-jobs-2026-11-20T14-02-11Z.csv`. */
const nameOf = (environment: string, extension: string): string =>
  `${environment}-jobs-${new Date().toISOString().slice(0, 19).replaceAll(':', '-')}Z.${extension}`

import type { ExportColumn, ExportPart, MirrorJob } from '#shared/contract/job-search.ts'
import type { Encoding } from './export-ports.ts'
import type { SearchQuery, SearchResult } from './ports.ts'

const pageSize = 500
const partSize = 128 * 1024

/**
 * The file of a result, made while it is read: page by page out of the mirror, so that it takes the same
 * memory for ten rows and for a million. Ends early, without its last part, when the signal aborts. What was
 * found when it began and ran or moved before its page was read is left out: the last part tells it, by `rows`
 * less than `total`.
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
  /** Null once nobody waits for it. */
  const read = async (...page: Parameters<typeof search>) => {
    try {
      return await search(...page)
    } catch (error) {
      if (signal.aborted) return null
      throw error
    }
  }
  const first = await read(undefined, 'exact')
  if (first === null) return
  const total = first.total ?? first.items.length
  let rows = 0
  // Rows may come and go while it is made.
  const told = () => ({ rows, total: Math.max(total, rows) })

  async function* pages(): AsyncGenerator<readonly MirrorJob[], void, undefined> {
    for (let page = first; page !== null && !signal.aborted;) {
      rows += page.items.length
      yield page.items
      if (page.cursor === null || signal.aborted) return
      page = await read(page.cursor, 'none')
    }
  }

  for await (const bytes of inParts(encoding.encode(columns, pages()))) {
    if (signal.aborted) return
    yield { fileName, bytes: bytes.toString('base64'), ...told(), done: false }
  }
  if (!signal.aborted) yield { fileName, bytes: '', ...told(), done: true }
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

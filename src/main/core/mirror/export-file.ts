import type { ExportColumn, MirrorJob } from '#shared/contract/job-search.ts'
import type { ExportFile } from '../services.ts'
import type { Encoding } from './export-ports.ts'
import type { MirrorReader, SearchQuery } from './ports.ts'
import { usingMirror } from './unavailable.ts'

const pageSize = 500

/**
 * The file of a result, made while it is read: page by page out of the mirror, so that it takes the same
 * memory for ten rows and for a million.
 */
export async function exportFile(parts: {
  environment: string
  reader: MirrorReader
  query: Pick<SearchQuery, 'conditions' | 'merged' | 'sort'>
  columns: readonly ExportColumn[]
  encoding: Encoding
  signal: AbortSignal
}): Promise<ExportFile> {
  const { environment, reader, query, columns, encoding, signal } = parts
  const search = (cursor: string | undefined, count: 'exact' | 'none') =>
    usingMirror(environment, () =>
      reader.search(environment, { ...query, limit: pageSize, cursor, count, bulk: true }),
    )
  const first = await search(undefined, 'exact')
  const total = first.total ?? first.items.length
  let rows = 0

  async function* pages(): AsyncGenerator<readonly MirrorJob[], void, undefined> {
    let page = first
    while (!signal.aborted) {
      rows += page.items.length
      yield page.items
      if (page.cursor === null) return
      page = await search(page.cursor, 'none')
    }
  }

  async function* bytes(): ExportFile['parts'] {
    for await (const bytes of encoding.encode(columns, pages())) {
      if (signal.aborted) return
      yield { bytes, rows }
    }
  }

  return {
    name: fileName(environment, encoding.extension),
    type: encoding.type,
    total,
    parts: bytes(),
  }
}

/** `staging-jobs-2026-11-20T14-02-11.csv`, in UTC. */
const fileName = (environment: string, extension: string): string =>
  `${environment}-jobs-${new Date().toISOString().slice(0, 19).replaceAll(':', '-')}.${extension}`

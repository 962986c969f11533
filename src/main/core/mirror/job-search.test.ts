import { describe, expect, test } from 'vitest'
import { encodings } from '#infra/export/encodings.ts'
import { exportColumns, type ExportPart, type MirrorJob } from '#shared/contract/job-search.ts'
import { mirrorJobFor } from '#test-support/mirror-jobs.ts'
import { coverageFor, readableMirrors } from '#test-support/mirror-parts.ts'
import { JobSearch } from './job-search.ts'
import type { MirrorReader, SearchQuery } from './ports.ts'

/** A mirror of these jobs, found whatever is asked, in pages with numbers for cursors. */
function openSearch(jobs: MirrorJob[] = [mirrorJobFor()], mirrors = readableMirrors) {
  const asked: SearchQuery[] = []
  const signals: (AbortSignal | undefined)[] = []
  const reader: Partial<MirrorReader> = {
    async search(_environment, query, signal) {
      asked.push(query)
      signals.push(signal)
      signal?.throwIfAborted()
      const start = Number(query.cursor ?? 0)
      const end = start + query.limit
      return {
        items: jobs.slice(start, end),
        cursor: end < jobs.length ? String(end) : null,
        total: query.count === 'exact' ? jobs.length : null,
      }
    },
    async facets(_environment, { conditions, fields }) {
      return {
        facets: fields.map((field) => ({ field, values: [], distinct: conditions.length })),
        total: 3,
      }
    },
  }
  const search = new JobSearch({
    mirrors,
    reader: reader as MirrorReader,
    mergedOf: () => ({ a1: ['b2'] }),
    encodings,
  })
  return { search, asked, signals }
}

const query = {
  environment: 'staging',
  filter: '',
  sort: '-at',
  limit: 50,
  count: 'exact',
} as const
const wanted = {
  environment: 'staging',
  filter: 'state:failed',
  sort: 'name',
  format: 'csv',
  columns: ['id', 'name'],
} as const
const never = new AbortController().signal

async function partsOf(parts: AsyncIterable<ExportPart>): Promise<ExportPart[]> {
  const read: ExportPart[] = []
  for await (const part of parts) read.push(part)
  return read
}

describe('a search', () => {
  test('is answered with what it covers', async () => {
    const { search, asked } = openSearch()
    const page = await search.search({ ...query, filter: 'queue:mail state:failed', offset: 7 })
    expect(page).toMatchObject({ items: [{ id: '1' }], total: 1, coverage: coverageFor() })
    expect(asked).toMatchObject([
      {
        conditions: [
          { field: 'queue', values: ['mail'] },
          { field: 'state', values: ['failed'] },
        ],
        merged: { a1: ['b2'] },
        sort: '-at',
        limit: 50,
        offset: 7,
      },
    ])
  })

  test('whose filter does not hold is refused with each fault and what may stand there', async () => {
    const { search, asked } = openSearch()
    await expect(
      search.search({ ...query, filter: 'stat:failed attempts:x' }),
    ).rejects.toMatchObject({
      code: 'FILTER_INVALID',
      data: {
        problems: [
          { start: 0, end: 11, text: expect.any(String), suggestion: 'state:failed' },
          { start: 12, end: 22 },
        ],
      },
    })
    expect(asked).toEqual([])
  })

  test('reads dates in the zone that is asked for', async () => {
    const { search, asked } = openSearch()
    await search.search({ ...query, filter: 'since:2026-11-20T08:00', zone: 'Asia/Tokyo' })
    expect(asked[0]?.conditions).toMatchObject([{ field: 'since', at: Date.UTC(2026, 10, 19, 23) }])
    await expect(
      search.search({ ...query, filter: 'since:2026-11-20T08:00', zone: 'Nowhere/Land' }),
    ).rejects.toMatchObject({ code: 'FILTER_INVALID' })
  })

  test('has facets of the same filter', async () => {
    const { search } = openSearch()
    const { environment } = query
    expect(
      await search.facets({ environment, filter: 'queue:a', fields: ['state'], limit: 5 }),
    ).toEqual({
      facets: [{ field: 'state', values: [], distinct: 1 }],
      total: 3,
      coverage: coverageFor(),
    })
  })
})

describe('an export', () => {
  const jobs = Array.from({ length: 1201 }, (_, index) => mirrorJobFor({ id: String(index) }))
  const long = jobs.map((job) => ({ ...job, name: 'x'.repeat(1000) }))

  test('is of all that is found, page by page, with its progress', async () => {
    const { search, asked } = openSearch(jobs)
    const parts = await partsOf(search.export(wanted, never))
    const text = parts.map(({ bytes }) => Buffer.from(bytes, 'base64').toString()).join('')
    const lines = text.slice(1).split('\r\n')
    expect(lines).toHaveLength(1203)
    expect(lines.slice(0, 3)).toEqual(['id,name', '0,send', '1,send'])
    expect(parts.map(({ done }) => done)).toEqual([...parts.slice(1).map(() => false), true])
    expect(parts.at(-1)).toMatchObject({ rows: 1201, total: 1201, bytes: '' })
    expect(asked.map(({ cursor, count, bulk }) => [cursor, count, bulk])).toEqual([
      [undefined, 'exact', true],
      ['500', 'none', true],
      ['1000', 'none', true],
    ])
  })

  test('tells how far it is with each part', async () => {
    const { search } = openSearch(long)
    const parts = await partsOf(search.export(wanted, never))
    const rows = parts.map((part) => part.rows)
    expect(new Set(rows)).toEqual(new Set([500, 1000, 1201]))
    expect(rows).toEqual(rows.toSorted((one, other) => one - other))
    for (const { total } of parts) expect(total).toBe(1201)
  })

  test.each(['csv', 'jsonl', 'xlsx'] as const)(
    'is named after its environment, its time and its form (%s)',
    async (format) => {
      const { search } = openSearch([])
      const parts = await partsOf(
        search.export({ ...wanted, format, columns: exportColumns }, never),
      )
      const name = new RegExp(
        `^staging-jobs-\\d{4}-\\d\\d-\\d\\dT\\d\\d-\\d\\d-\\d\\dZ\\.${format}$`,
      )
      for (const { fileName } of parts) expect(fileName).toMatch(name)
      expect(parts.at(-1)).toMatchObject({ done: true, rows: 0, total: 0 })
    },
  )

  test('tells apart what was found and what is written, where jobs change meanwhile', async () => {
    const changing = [...long]
    const { search } = openSearch(changing)
    const parts: ExportPart[] = []
    for await (const part of search.export(wanted, never)) {
      if (parts.length === 0) changing.splice(1100, 7)
      parts.push(part)
    }
    expect(parts.at(-1)).toMatchObject({ rows: 1194, total: 1201, done: true })
  })

  test('that is given up while a page is read ends there', async () => {
    const { search, signals } = openSearch(long)
    const leaving = new AbortController()
    leaving.abort()
    expect(await partsOf(search.export(wanted, leaving.signal))).toEqual([])
    expect(signals).toEqual([leaving.signal])
  })

  test('that is given up reads no further, and has no last part', async () => {
    const { search, asked } = openSearch(long)
    const leaving = new AbortController()
    const parts: ExportPart[] = []
    for await (const part of search.export(wanted, leaving.signal)) {
      parts.push(part)
      leaving.abort()
    }
    expect(parts.at(-1)?.done).toBe(false)
    expect(asked).toHaveLength(1)
  })
})

import * as fc from 'fast-check'
import { readXlsx } from 'hucre/xlsx'
import { describe, expect, test } from 'vitest'
import type { Encoding } from '#core/mirror/export-ports.ts'
import type { ExportColumn, MirrorJob } from '#shared/contract/job-search.ts'
import { mirrorJobFor, pagesOf } from '#test-support/mirror-jobs.ts'
import { encodings } from './encodings.ts'

async function bytesOf(
  encoding: Encoding,
  columns: readonly ExportColumn[],
  ...pages: MirrorJob[][]
): Promise<Buffer> {
  const parts: Uint8Array[] = []
  for await (const part of encoding.encode(columns, pagesOf(...pages))) parts.push(part)
  return Buffer.concat(parts)
}

const textOf = async (...given: Parameters<typeof bytesOf>) =>
  (await bytesOf(...given)).toString('utf8')

async function sheetOf(...given: Parameters<typeof bytesOf>) {
  const { sheets } = await readXlsx(await bytesOf(...given))
  return sheets[0]?.rows ?? []
}

/** What was written for a text, sign by sign. */
const plain = (text: string) =>
  Array.from({ length: text.length }, (_, at) => text.charAt(at))
    .map((sign, at, signs) => {
      const begins = at === 0 || ';\t\r\n'.includes(signs[at - 1] ?? '')
      return begins && '=+-@\t\r\n＝＋－＠'.includes(sign) ? `'${sign}` : sign
    })
    .join('')

/** RFC 4180 as its grammar says, for reading back what was written. */
function fieldsOf(csv: string): string[][] {
  const rows: string[][] = []
  let row: string[] = []
  const field = /("(?:[^"]|"")*"|[^",\r\n]*)(,|\r\n)/gy
  for (const [, value = '', end] of csv.matchAll(field)) {
    row.push(value.startsWith('"') ? value.slice(1, -1).replaceAll('""', '"') : value)
    if (end === ',') continue
    rows.push(row)
    row = []
  }
  return rows
}

describe('CSV', () => {
  const columns = ['queue', 'id', 'finished', 'duration', 'error'] as const

  test('begins with a byte order mark and a head, and ends its lines as RFC 4180 says', async () => {
    const job = mirrorJobFor({ error: 'said "no", twice\nand left' })
    expect(await textOf(encodings.csv, columns, [job])).toBe(
      '\uFEFFqueue,id,finished,duration,error\r\n' +
        'mail,1,2026-11-20T14:00:00.000Z,60000,"said ""no"", twice\nand left"\r\n',
    )
  })

  test.each([
    ['=1+1', "'=1+1"],
    ['+49 30', "'+49 30"],
    ['-5', "'-5"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\t=1', "'\t'=1"],
    ['\r=1', "'\r'=1"],
    ['＝1+1', "'＝1+1"],
    ['a;=1+1', "a;'=1+1"],
    ['a\n=1+1', "a\n'=1+1"],
    ['a\t@SUM(A1)', "a\t'@SUM(A1)"],
  ])('keeps a spreadsheet from taking %j for a formula', async (error, written) => {
    const csv = await textOf(encodings.csv, ['error'], [mirrorJobFor({ error })])
    expect(fieldsOf(csv.slice(1))).toEqual([['error'], [written]])
  })

  test('leaves numbers numbers, also below zero', async () => {
    const job = mirrorJobFor({ cost: -0.5, tokens: 12 })
    expect(await textOf(encodings.csv, ['cost', 'tokens'], [job])).toContain('\r\n-0.5,12\r\n')
  })

  test('gives back every text as it was, but for the apostrophe', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.string({ unit: 'binary' })), async (texts) => {
        const jobs = texts.map((error) => mirrorJobFor({ error }))
        const csv = (await textOf(encodings.csv, ['error', 'id'], jobs)).slice(1)
        expect(fieldsOf(csv).slice(1)).toEqual(
          texts.map((text) => [Buffer.from(plain(text)).toString(), '1']),
        )
      }),
    )
  })
})

describe('JSON lines', () => {
  test('are an object a line, in the order of the columns, over all pages', async () => {
    const text = await textOf(
      encodings.jsonl,
      ['id', 'added', 'cost', 'user'],
      [mirrorJobFor({ id: '1', cost: 0.25 })],
      [],
      [mirrorJobFor({ id: '2', user: 'é\n"', addedAt: null })],
    )
    expect(text).toBe(
      '{"id":"1","added":"2026-11-20T13:59:00.000Z","cost":0.25,"user":null}\n' +
        '{"id":"2","added":null,"cost":null,"user":"é\\n\\""}\n',
    )
  })

  test('of nothing are nothing', async () => {
    expect(await textOf(encodings.jsonl, ['id'], [])).toBe('')
  })
})

describe('XLSX', () => {
  test('has a head, numbers as numbers, instants as instants and formulas as text', async () => {
    const job = mirrorJobFor({ id: '0012', error: '=HYPERLINK("http://x")', cost: 0.5 })
    const [head, row] = await sheetOf(encodings.xlsx, ['id', 'at', 'cost', 'error', 'user'], [job])
    expect(head).toEqual(['id', 'at', 'cost', 'error', 'user'])
    expect(row?.slice(0, 1)).toEqual(['0012'])
    expect(new Date(row?.[1] as Date).getTime()).toBe(job.at)
    expect(row?.slice(2, 4)).toEqual([0.5, '=HYPERLINK("http://x")'])
  })

  test('cuts a cell to what Excel takes', async () => {
    const [, row] = await sheetOf(
      encodings.xlsx,
      ['error'],
      [mirrorJobFor({ error: 'x'.repeat(40_000) }), mirrorJobFor({ error: '' })],
    )
    expect(String(row?.[0])).toHaveLength(32_767)
    expect(String(row?.[0])).toMatch(/x…$/)
  })

  test('holds texts that XML cannot say', async () => {
    const error = 'a\u0000\u0008\uD800 b <&> ]]>'
    const [, row] = await sheetOf(encodings.xlsx, ['error', 'id'], [mirrorJobFor({ error })])
    expect(row?.[1]).toBe('1')
    expect(String(row?.[0])).toContain(' b <&> ]]>')
  })

  test('reads its pages only as it is read itself, and ends them when it is left', async () => {
    let asked = 0
    let ended = false
    async function* endless() {
      try {
        for (;;) {
          asked += 1
          const error = Array.from({ length: 40 }, () => Math.random().toString(36)).join('')
          yield Array.from({ length: 500 }, () => mirrorJobFor({ error }))
        }
      } finally {
        ended = true
      }
    }
    const bytes = encodings.xlsx.encode(['id', 'error'], endless())
    for (let index = 0; index < 3; index += 1) await bytes.next()
    const read = asked
    await bytes.return()
    expect(read).toBeLessThan(20)
    expect(ended).toBe(true)
  })
})

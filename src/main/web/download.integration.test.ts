import { setTimeout as pause } from 'node:timers/promises'
import { afterEach, describe, expect, test, vi } from 'vitest'
import type { Services } from '#core/services.ts'
import type { ExportPart } from '#shared/contract/job-search.ts'
import { ConsoleError } from '#shared/errors.ts'
import { startTestConsole, type TestConsole } from '#test-support/web-console.ts'

const path = '/api/environments/test/jobs/export'
let running: TestConsole | undefined
afterEach(() => running?.close())

type Export = Services['jobSearch']['export']

const partOf = (text: string, rows: number, done = false): ExportPart => ({
  fileName: 'test-jobs-2026.csv',
  bytes: Buffer.from(text).toString('base64'),
  rows,
  total: rows,
  done,
})

/** A console whose exports are made by this. */
async function consoleWith(exported: Export): Promise<TestConsole> {
  running = await startTestConsole({}, { replace: { jobSearch: { export: exported } } })
  return running
}

describe('a download', () => {
  test('is the file that the export makes, under its name', async () => {
    const asked: unknown[] = []
    const console = await consoleWith(async function* (query) {
      asked.push(query)
      yield partOf('\uFEFFid\r\n', 0)
      yield partOf('1\r\n', 1)
      yield partOf('', 1, true)
    })
    const response = await console.fetch(
      `${path}?format=csv&filter=state%3Afailed&sort=-cost&columns=id&zone=Asia%2FTokyo`,
    )
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8; header=present')
    expect(response.headers.get('content-disposition')).toBe(
      'attachment; filename="test-jobs-2026.csv"',
    )
    expect(Buffer.from(await response.arrayBuffer()).toString()).toBe('\uFEFFid\r\n1\r\n')
    expect(asked).toEqual([
      {
        environment: 'test',
        filter: 'state:failed',
        sort: '-cost',
        format: 'csv',
        columns: ['id'],
        zone: 'Asia/Tokyo',
      },
    ])
  })

  test.each([
    ['', 'format'],
    ['?format=pdf', 'format'],
    ['?format=csv&fliter=state%3Afailed', 'fliter'],
    ['?format=csv&columns=secret', 'columns'],
    ['?format=csv&sort=sideways', 'sort'],
  ])('with a query that does not fit (%s) is refused as the API refuses', async (query, field) => {
    const console = await consoleWith(async function* () {})
    const response = await console.fetch(path + query)
    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({
      code: 'BAD_REQUEST',
      data: { issues: [{ path: expect.arrayContaining([field]) }] },
    })
  })

  test('that cannot begin is an error, and no file', async () => {
    const console = await consoleWith(async function* ({ environment }) {
      yield* []
      throw new ConsoleError('MIRROR_UNAVAILABLE', { environment, problem: 'damaged' })
    })
    const response = await console.fetch(`${path}?format=csv`)
    expect(response.status).toBe(503)
    expect(response.headers.get('content-disposition')).toBeNull()
    expect(await response.json()).toMatchObject({
      defined: true,
      code: 'MIRROR_UNAVAILABLE',
      data: { environment: 'test', problem: 'damaged' },
    })
  })

  test('of an environment that is not there is not found, whatever its name', async () => {
    running = await startTestConsole({})
    for (const [environment, status] of [
      ['nowhere', 404],
      ['a%2Fb', 404],
      ['%zz', 400],
    ] as const) {
      const response = await running.fetch(
        `/api/environments/${environment}/jobs/export?format=csv`,
      )
      expect(response.status).toBe(status)
    }
  })

  test('that breaks off does not look whole', async () => {
    const console = await consoleWith(async function* () {
      yield partOf('id\r\n', 0)
      await pause(10)
      throw new Error('the file was removed')
    })
    const response = await console.fetch(`${path}?format=csv`)
    expect(response.status).toBe(200)
    await expect(response.text()).rejects.toThrow('terminated')
  })

  test('is made no faster than it is taken, and ends with the client', async () => {
    let made = 0
    let ended = false
    let stopped = false
    const console = await consoleWith(async function* (_query, signal) {
      signal.addEventListener('abort', () => (stopped = true))
      try {
        for (;;) {
          made += 1
          yield partOf('x'.repeat(1024 * 1024), made)
        }
      } finally {
        ended = true
      }
    })
    const leaving = new AbortController()
    const response = await console.fetch(`${path}?format=csv`, { signal: leaving.signal })
    await response.body?.getReader().read()
    // Until neither the sockets nor their buffers take any more.
    let before = -1
    await vi.waitUntil(
      () => {
        const still = made === before
        before = made
        return still
      },
      { interval: 200, timeout: 10_000 },
    )
    expect(made).toBeLessThan(64)
    leaving.abort()
    await vi.waitUntil(() => ended && stopped, 5000)
  })

  test('is only for who has the token', async () => {
    const { origin } = await consoleWith(async function* () {})
    expect((await fetch(`${origin}${path}?format=csv`)).status).toBe(401)
  })
})

import { once } from 'node:events'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { SearchPage } from '#shared/contract/job-search.ts'
import { clientOver, startTestConsole, type TestConsole } from '#test-support/web-console.ts'

let running: TestConsole
/** Who waits for an answer of `search`. */
let waiting: AbortSignal[]
const error = vi.fn<() => void>()

beforeEach(async () => {
  waiting = []
  error.mockClear()
  const search = (_query: unknown, signal?: AbortSignal) =>
    new Promise<SearchPage>((_, reject) => {
      if (signal === undefined) throw new Error('A search is not told when nobody waits for it')
      waiting.push(signal)
      signal.addEventListener('abort', () => reject(signal.reason as Error))
    })
  running = await startTestConsole(null, { replace: { jobSearch: { search }, log: { error } } })
})

afterEach(() => running.close())

/** Resolves after what followed from the end of the search has had its turn. */
async function ended(): Promise<void> {
  await vi.waitUntil(() => waiting.every(({ aborted }) => aborted), 5000)
  expect((await running.fetch('/api/environments')).status).toBe(200)
}

test('a search that is abandoned over HTTP is no unexpected error', async () => {
  const leaving = new AbortController()
  const asked = running.fetch('/api/environments/test/jobs', { signal: leaving.signal })
  await vi.waitUntil(() => waiting.length === 1, 5000)
  leaving.abort()
  await expect(asked).rejects.toThrow('aborted')
  await ended()
  expect(error).not.toHaveBeenCalled()
})

test('a search that is abandoned over a socket is no unexpected error', async () => {
  const socket = running.socket()
  await once(socket, 'open')
  const leaving = new AbortController()
  const asked = clientOver(socket).jobs.search({ environment: 'test' }, { signal: leaving.signal })
  await vi.waitUntil(() => waiting.length === 1, 5000)
  leaving.abort()
  await expect(asked).rejects.toThrow('abort')
  await ended()
  expect(error).not.toHaveBeenCalled()
  socket.close()
})

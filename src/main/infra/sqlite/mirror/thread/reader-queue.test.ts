import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { parseFilter } from '#shared/domain/filter/parse.ts'
import { createMirror, fillMirror } from '#test-support/mirror-rows.ts'
import { temporaryFolder } from '#test-support/temporary-folder.ts'
import { ReaderQueue } from './reader-queue.ts'

const now = Date.UTC(2026, 10, 20, 12)

function openQueue(rows: number) {
  const file = join(temporaryFolder(), 'mirror-e.db')
  const database = createMirror(file)
  fillMirror(database, { rows, to: now, days: 7, allFailed: true, text: false })
  database.close()
  const queue = new ReaderQueue()
  onTestFinished(async () => {
    await queue.call('close', [])
    await queue.end()
  })
  const { conditions } = parseFilter('"nowhere to be found"', { now, zone: 'UTC' })
  const query = { conditions, merged: {}, sort: '-at', limit: 10, count: 'exact' }
  return {
    queue,
    search: async (signal?: AbortSignal) => queue.call('search', [file, query], signal),
  }
}
const gone = new Error('the asker has gone')

test('a query is not begun once its asker has gone, and those behind it keep their turn', async () => {
  const { queue, search } = openQueue(10)
  const leaving = new AbortController()
  const answers = Promise.allSettled([search(), search(leaving.signal), search()])
  expect(queue.isBusy).toBe(true)
  leaving.abort(gone)
  expect(await answers).toMatchObject([
    { status: 'fulfilled', value: { total: 0 } },
    { status: 'rejected', reason: gone },
    { status: 'fulfilled', value: { total: 0 } },
  ])
  expect(queue.isBusy).toBe(false)
  await expect(search(leaving.signal)).rejects.toBe(gone)
})

test('a query that looks into many rows stops when its asker goes, and the next one is answered', async () => {
  const { search } = openQueue(20_000)
  const leaving = new AbortController()
  const abandoned = search(leaving.signal)
  // Under way, since nothing was before it.
  await Promise.resolve()
  leaving.abort(gone)
  await expect(abandoned).rejects.toBe(gone)
  expect(await search()).toMatchObject({ total: 0 })
})

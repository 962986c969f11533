import BetterSqlite from 'better-sqlite3'
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { defaultMirrorSettings } from '#shared/contract/mirror.ts'
import { conditionsOf } from '#core/mirror/conditions-of.ts'
import { temporaryFolder } from '#test-support/temporary-folder.ts'
import { SqliteMirrorStore } from './mirror-store.ts'

const fixture = join(import.meta.dirname, '../../../../../test-support/write-mirror.fixture.ts')
const settings = { ...defaultMirrorSettings, payloadText: 'all' as const }

/** Lets a process write to the mirror, and kills it within some batch. @returns jobs that were written before. */
async function writeAndKill(directory: string, first: number, batches: number): Promise<number> {
  const child = fork(fixture, [directory, String(first)])
  onTestFinished(() => void child.kill('SIGKILL'))
  let written = first
  for (let batch = 0; batch < batches; batch += 1) {
    const [told] = (await once(child, 'message')) as [number]
    written = told
  }
  child.kill('SIGKILL')
  await once(child, 'exit')
  return written
}

const search = async (store: SqliteMirrorStore, filter: string) => {
  const conditions = conditionsOf(filter, 'UTC')
  const query = { conditions, sort: '-at', limit: 1, merged: {}, count: 'exact' } as const
  return (await store.reader.search('e', query)).total
}

test('what a killed process leaves opens clean, with all it had written', async () => {
  const directory = temporaryFolder()
  const file = join(directory, 'mirror-e.db')
  let written = 0
  for (const batches of [1, 6]) {
    written = await writeAndKill(directory, written, batches)

    const store = new SqliteMirrorStore({ directory })
    const writer = store.writer('e')
    onTestFinished(async () => {
      await writer.close()
      await store.close()
    })
    const { rows, gone } = await writer.open(settings, { split: [] })
    expect(rows + gone).toBeGreaterThanOrEqual(written)
    const database = new BetterSqlite(file, { readonly: true })
    onTestFinished(() => void database.close())
    expect(database.pragma('integrity_check', { simple: true })).toBe('ok')

    // Before all is in the index again, and after.
    expect(await search(store, 'refused')).toBe(rows)
    await vi.waitFor(async () => expect((await writer.counts()).unindexed).toBe(0), 5000)
    expect(await search(store, 'refused')).toBe(rows)
    expect(await search(store, '"rder "')).toBe(rows)
    expect(await search(store, `"Order ${written - 1} was"`)).toBe(1)
    const census = await writer.census()
    expect(census.get('mail')).toMatchObject({ gone, counts: { failed: rows } })
    await writer.close()
  }
})

import { expect, onTestFinished, test, vi } from 'vitest'
import { SqliteMirrorStore } from '#infra/sqlite/mirror/mirror-store.ts'
import { mirrorPath } from '#infra/sqlite/mirror/mirror-path.ts'
import { defaultMirrorSettings } from '#shared/contract/mirror.ts'
import { rowsOfFile } from '#test-support/mirror-file-rows.ts'
import { loadOf } from '#test-support/mirror-load.ts'
import { expectInStep, openMirror } from '#test-support/mirroring.ts'
import { redisUrl } from '#test-support/redis-url.ts'
import { temporaryFolder } from '#test-support/temporary-folder.ts'
import { useQueue } from '#test-support/use-queue.ts'

const queue = useQueue()

test('a mirror in its file has every job as Redis has it, also after it was closed under load', async () => {
  const directory = temporaryFolder()
  const store = new SqliteMirrorStore({ directory })
  const writer = store.writer('staging')
  await writer.open(defaultMirrorSettings, { split: [] })
  onTestFinished(async () => {
    await writer.close()
    await store.close()
  })
  const rows = { rows: (name: string) => rowsOfFile(mirrorPath(directory, 'staging'), name) }
  const load = loadOf({ library: 'bullmq6', port: queue.port, queue: queue.name })
  onTestFinished(() => load.close())
  const queues = () => [queue.name]
  await load.run(300)
  const first = openMirror(redisUrl(), { queues, writer })
  await load.run(1500)
  await expectInStep(queue.redis, rows, queues())
  const running = load.run(1200)
  await first.close()
  await running
  const second = openMirror(redisUrl(), { queues, writer })
  await expectInStep(queue.redis, rows, queues())
  await vi.waitFor(
    () => expect(second.sync.figures()).toMatchObject({ state: 'following', behind: 0 }),
    { timeout: 5000 },
  )
  expect([...first.problems, ...second.problems]).toEqual([])
}, 25_000)

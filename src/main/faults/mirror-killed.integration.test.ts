import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { Redis } from 'ioredis'
import { expect, onTestFinished, test, vi } from 'vitest'
import { rowsOfFile } from '#test-support/mirror-file-rows.ts'
import { loadOf } from '#test-support/mirror-load.ts'
import { openConsole, openRedis } from '#test-support/mirrored-console.ts'
import { expectInStep } from '#test-support/mirroring.ts'
import { temporaryFolder } from '#test-support/temporary-folder.ts'

const fixture = join(import.meta.dirname, '../../../test-support/mirror-console.fixture.ts')

test('a console that is killed (-9) while it writes its mirror goes on with it at the next start', async () => {
  const { url, port } = await openRedis()
  const redis = new Redis(url)
  onTestFinished(() => redis.disconnect())
  const dataDirectory = join(temporaryFolder(), 'data')
  const queue = 'orders'
  const load = loadOf({ library: 'bullmq6', port, queue })
  onTestFinished(() => load.close())
  await load.run(300)
  const child = fork(fixture, [url, dataDirectory], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  await once(child, 'message')
  const rows = () => rowsOfFile(join(dataDirectory, 'mirror-test.db'), queue)
  await vi.waitFor(() => expect(rows().length).toBeGreaterThan(100), { timeout: 8000 })
  const before = rows().length
  const running = load.run(1000)
  await vi.waitFor(() => expect(rows().length).toBeGreaterThan(before), { timeout: 8000 })
  const exited = once(child, 'exit')
  child.kill('SIGKILL')
  await exited
  await running
  await openConsole(url, dataDirectory)
  await expectInStep(redis, { rows }, [queue], { timeout: 10_000 })
}, 40_000)

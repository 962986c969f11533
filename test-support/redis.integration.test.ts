import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { isAlive } from './processes.ts'

test('a Redis that a test did not stop ends with the test’s process', async () => {
  const { stdout } = spawnSync(
    process.execPath,
    [join(import.meta.dirname, 'careless.fixture.ts')],
    { encoding: 'utf8' },
  )
  const pid = Number(stdout)
  expect(pid).toBeGreaterThan(0)
  await vi.waitFor(() => expect(isAlive(pid)).toBe(false))
})

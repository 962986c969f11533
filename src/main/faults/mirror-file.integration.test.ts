import { execFile } from 'node:child_process'
import { closeSync, openSync, rmSync, statSync, unlinkSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, onTestFinished, test, vi } from 'vitest'
import {
  ask,
  becomes,
  fill,
  intactAudit,
  mirrored,
  post,
  search,
} from '#test-support/mirrored-console.ts'
import { fillDisk, noDisk, smallDisk } from '#test-support/small-disk.ts'
import { temporaryFolder } from '#test-support/temporary-folder.ts'

const damaged = 'MIRROR_UNAVAILABLE'

test('a mirror that is deleted while it is in use is told, and made anew by itself', async () => {
  const { redis, console, file } = await mirrored()
  for (const suffix of ['', '-wal', '-shm']) unlinkSync(`${file}${suffix}`)
  await becomes(console, { state: 'failed', problem: 'unavailable' })
  expect(await intactAudit(console)).toMatchObject({ intact: true })
  await fill(redis.url, 5, 20)
  await becomes(console, { state: 'following', problem: null, rows: 25 })
  expect(await search(console, 'name:send')).toMatchObject({ total: 25 })
})

test('a mirror that is damaged while it is in use is told, and mended by a rebuild', async () => {
  const { redis, console, file } = await mirrored()
  await fill(redis.url, 3000, 20)
  await becomes(console, { state: 'following', rows: 3020, details: null, text: null })
  overwrite(file)
  overwrite(`${file}-wal`)
  await vi.waitFor(async () => {
    // Whoever reads finds it, or whoever writes.
    await search(console, '"ETIMEDOUT 10.0"')
    await fill(redis.url, 1, 4000)
    await becomes(console, { state: 'failed', problem: 'damaged' })
  }, 15_000)
  expect(await search(console, '')).toMatchObject({ code: damaged, data: { problem: 'damaged' } })
  expect(await intactAudit(console)).toMatchObject({ intact: true })
  await ask(console, '/mirror/rebuild', post)
  await becomes(console, { state: 'following', problem: null, rows: 3021 })
  expect(await search(console, 'name:send')).toMatchObject({ total: 3021 })
})

test('on a full disk the mirror stops and is still read, the audit is whole, and it goes on with room', async ({
  skip,
  task,
}) => {
  const disk = temporaryFolder()
  const made = smallDisk(disk, 16)
  if (made === null) return skip(noDisk)
  onTestFinished(() => made.remove())
  if (made.through.length > 0) return again(made.through, task.name)
  const { redis, console } = await mirrored(disk)
  const ballast = join(disk, 'ballast')
  fillDisk(ballast, disk)
  await fill(redis.url, 5000, 20)
  await becomes(console, { state: 'failed', problem: 'disk-full' })
  const { total, coverage } = await search(console, 'name:send')
  expect(total).toBeGreaterThanOrEqual(20)
  expect(coverage.state).toBe('failed')
  expect(await intactAudit(console)).toMatchObject({ intact: true })
  rmSync(ballast)
  await becomes(console, { state: 'following', problem: null, rows: 5020 })
  expect(await search(console, 'name:send')).toMatchObject({ total: 5020 })
  expect(await ask(console, '/failures')).toMatchObject({ failures: 5020 })
}, 60_000)

/** Runs a test of this file in a process that is started by these words, in which it may mount. */
async function again([program = '', ...words]: readonly string[], name: string): Promise<void> {
  const vitest = join(import.meta.dirname, '../../../node_modules/vitest/vitest.mjs')
  const choice = ['--project', 'integration', '--retry', '0', import.meta.filename, '-t', name]
  const { stdout } = await promisify(execFile)(
    program,
    [...words, process.execPath, vitest, 'run', ...choice],
    { env: { ...process.env, NO_COLOR: '1' } },
  )
  expect(stdout).toMatch(/Tests +1 passed/)
}

/** All but the first page, which tells what file it is. */
function overwrite(file: string): void {
  const descriptor = openSync(file, 'r+')
  const page = 4096
  for (let at = page; at < statSync(file).size; at += page) {
    writeSync(descriptor, Buffer.alloc(page, 7), 0, page, at)
  }
  closeSync(descriptor)
}

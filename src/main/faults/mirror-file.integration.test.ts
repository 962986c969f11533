import { closeSync, openSync, rmSync, statSync, unlinkSync, writeSync } from 'node:fs'
import { join } from 'node:path'
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
import { fillDisk, mountDisk, unmountDisk } from '#test-support/small-disk.ts'
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
}) => {
  const disk = temporaryFolder()
  skip(!mountDisk(disk, 16), 'only a user who may mount can make a disk to fill')
  onTestFinished(() => unmountDisk(disk))
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
}, 30_000)

/** All but the first page, which tells what file it is. */
function overwrite(file: string): void {
  const descriptor = openSync(file, 'r+')
  const page = 4096
  for (let at = page; at < statSync(file).size; at += page) {
    writeSync(descriptor, Buffer.alloc(page, 7), 0, page, at)
  }
  closeSync(descriptor)
}

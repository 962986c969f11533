import { Buffer } from 'node:buffer'
import { expect, test } from 'vitest'
import type { LogPage } from '#shared/contract/jobs.ts'
import { openReading } from '#test-support/reading.ts'
import { redisUrl } from '#test-support/redis-url.ts'
import { spiedReader } from '#test-support/spied-reader.ts'
import { useQueue } from '#test-support/use-queue.ts'

const queue = useQueue()
const megabyte = 1024 * 1024

async function write(lines: readonly string[]) {
  await queue.failed(1)
  for (const line of lines) await queue.redis.rpush(queue.key('job-0:logs'), line)
}

const bytesOf = (page: LogPage | null) => Buffer.byteLength(page?.lines.join('') ?? '')

test('log lines come by place, counted from either end', async () => {
  const lines = Array.from({ length: 30 }, (_, index) => `line ${index}`)
  await write(lines)
  const { jobs } = openReading(redisUrl())
  const logs = (start: number, limit: number) => jobs.logs(queue.job('job-0'), { start, limit })
  expect(await logs(-5, 200)).toEqual({ start: 25, lines: lines.slice(25), total: 30 })
  expect(await logs(-200, 200)).toEqual({ start: 0, lines, total: 30 })
  expect(await logs(-200, 10)).toEqual({ start: 0, lines: lines.slice(0, 10), total: 30 })
  expect(await logs(-10, 3)).toEqual({ start: 20, lines: lines.slice(20, 23), total: 30 })
  expect(await logs(10, 5)).toEqual({ start: 10, lines: lines.slice(10, 15), total: 30 })
  expect(await logs(99, 5)).toEqual({ start: 30, lines: [], total: 30 })
})

test('a line over 64 KB is cut between characters and tells its size', async () => {
  await write([`x${'é'.repeat(50_000)}`, 'e'.repeat(64 * 1024), 'short'])
  const { reader } = spiedReader()
  const page = await reader.logs(queue.name, 'job-0', 0, 10)
  expect(page?.lines[0]).toBe(`x${'é'.repeat((64 * 1024 - 2) / 2)}… (98 KB)`)
  expect(page?.lines.slice(1)).toEqual(['e'.repeat(64 * 1024), 'short'])
})

test.each([false, true])(
  'a page of large lines is bounded, and going on from it misses none (no MEMORY USAGE: %s)',
  async (withoutMemory) => {
    await write(
      Array.from({ length: 40 }, (_, index) => `${index} ${'x'.repeat(index % 3 ? megabyte : 9)}`),
    )
    const { reader } = spiedReader({ withoutMemory })
    const seen: string[] = []
    while (seen.length < 40) {
      const page = await reader.logs(queue.name, 'job-0', seen.length, 200)
      expect(page).toMatchObject({ start: seen.length, total: 40 })
      expect(page?.lines.length).toBeGreaterThan(0)
      expect(bytesOf(page)).toBeLessThan(4.5 * megabyte)
      seen.push(...(page?.lines ?? []))
    }
    expect(seen.map((line) => Number.parseInt(line, 10))).toEqual(Array.from(seen.keys()))
  },
)

test('what is fetched for one page is bounded too', async () => {
  await write(Array.from({ length: 40 }, (_, index) => `${index} ${'x'.repeat(megabyte)}`))
  const { reader, sent } = spiedReader()
  const last = await reader.logs(queue.name, 'job-0', -200, 200)
  const fetched = sent
    .filter(([command]) => command === 'lrangeBuffer')
    .reduce((sum, [, , from, to]) => sum + Number(to) - Number(from) + 1, 0)
  expect(fetched).toBeLessThan(20)
  // Counted from the end, the newest are what was asked for.
  expect(last?.start).toBe(40 - (last?.lines.length ?? 0))
  expect(last?.lines.at(-1)).toMatch(/^39 .*… \(1024 KB\)$/)
})

test('many lines are cut down to 4 MB', async () => {
  await write(Array.from({ length: 1000 }, (_, index) => `${index} ${'x'.repeat(10_000)}`))
  const { reader } = spiedReader()
  const first = await reader.logs(queue.name, 'job-0', 0, 1000)
  expect(first).toMatchObject({ start: 0, total: 1000 })
  expect(bytesOf(first)).toBeGreaterThan(3.5 * megabyte)
  expect(bytesOf(first)).toBeLessThan(4.5 * megabyte)
  const last = await reader.logs(queue.name, 'job-0', -1000, 1000)
  expect(last?.start).toBe(1000 - (last?.lines.length ?? 0))
  expect(bytesOf(last)).toBeLessThan(4.5 * megabyte)
})

test('lines of more than 8 MB are not fetched, only sized', async () => {
  await write(['x'.repeat(20 * megabyte)])
  const { reader, sent } = spiedReader()
  const page = await reader.logs(queue.name, 'job-0', -200, 200)
  expect(page).toMatchObject({ start: 0, total: 1 })
  expect(page?.lines).toEqual([expect.stringMatching(/^… \(2\d{4} KB\)$/)])
  expect(sent.map(([command]) => command)).not.toContain('lrangeBuffer')
})

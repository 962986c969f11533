import { expect, test, vi } from 'vitest'
import { indexFields, MirrorError } from '#core/mirror/ports.ts'
import { memoryMirror } from '#test-support/memory-mirror.ts'
import { expectInStep, openMirror } from '#test-support/mirroring.ts'
import { redisUrl } from '#test-support/redis-url.ts'
import { useQueue } from '#test-support/use-queue.ts'

const queue = useQueue()

const open = (writer = memoryMirror(), now = Date.now) =>
  openMirror(redisUrl(), { queues: () => [queue.name], writer, now })

/** Failed jobs of a queue of BullMQ 6. */
async function failed(count: number, fields: Record<string, string> = {}): Promise<void> {
  await queue.failed(count, fields)
  await queue.redis.hset(queue.key('meta'), 'version', 'bullmq:6.7.0')
}

const following = (sync: { figures(): { state: string } }) =>
  vi.waitFor(() => expect(sync.figures().state).toBe('following'), { timeout: 10_000 })

test('what was there before is read, newest first, and the rest follows', async () => {
  await failed(3000)
  const { sync, writer, problems } = open()
  await following(sync)
  await expectInStep(queue.redis, writer, [queue.name])
  await queue.bullmq().add('late', { a: 1 })
  await expectInStep(queue.redis, writer, [queue.name])
  expect(writer.rows(queue.name)).toHaveLength(3001)
  expect(sync.figures()).toMatchObject({ behind: 0, backfill: null, gaps: 0 })
  expect(Date.now() - (sync.figures().syncedAt ?? 0)).toBeLessThan(10_000)
  expect(problems).toEqual([])
})

test('the newest of every queue come before the rest of any', async () => {
  await failed(3000)
  const order: string[] = []
  const writer = memoryMirror()
  const write = writer.write.bind(writer)
  writer.write = (batch) => {
    order.push(...batch.jobs.map(({ id }) => id))
    return write(batch)
  }
  const { sync } = open(writer)
  await following(sync)
  const places = order.map((id) => Number(id.slice('job-'.length)))
  expect(places.slice(0, 1000)).toEqual(Array.from({ length: 1000 }, (_, index) => 2999 - index))
})

test('any number of jobs of one millisecond are read, each once', async () => {
  await failed(1)
  const batch = queue.redis.pipeline()
  for (let index = 0; index < 5000; index += 1) {
    batch.hset(queue.key(`tied-${index}`), { name: 'tied', timestamp: 1, finishedOn: 5000 })
    batch.zadd(queue.key('completed'), 5000, `tied-${index}`)
  }
  await batch.exec()
  const { sync, writer } = open()
  await following(sync)
  expect(writer.rows(queue.name)).toHaveLength(5001)
})

test('jobs that vanish or move without an event are found among many', async () => {
  await failed(6000)
  const { sync, writer } = open()
  await following(sync)
  await expectInStep(queue.redis, writer, [queue.name])
  const lost = ['job-2000', 'job-2001', 'job-4500']
  const batch = queue.redis.pipeline()
  batch.zrem(queue.key('failed'), ...lost)
  batch.del(...lost.map(queue.key))
  // One that is in another state now, and one that was never heard of.
  batch.zrem(queue.key('failed'), 'job-3000')
  batch.lpush(queue.key('wait'), 'job-3000')
  batch.hset(queue.key('silent'), { name: 'silent', timestamp: 1 })
  batch.zadd(queue.key('failed'), 1_700_000_001_234, 'silent')
  await batch.exec()
  await expectInStep(queue.redis, writer, [queue.name])
  expect(writer.goneOf(queue.name).sort()).toEqual(lost)
  await vi.waitFor(() => expect(sync.figures().queues[0]).toMatchObject({ drift: 0 }), {
    timeout: 5000,
  })
}, 15_000)

test('a queue can be read anew', async () => {
  await failed(500)
  const { sync, writer } = open()
  await following(sync)
  await writer.markGone(queue.name, ['job-1'], 0)
  // As many as there are, but not the same.
  const fields = indexFields.map((field) => (field === 'finishedOn' ? '1700000000000' : null))
  const ghost = { id: 'ghost', state: 'failed', score: 1_700_000_000_000, fields } as const
  await writer.write({ queue: queue.name, seenAt: 0, jobs: [ghost], gone: [] })
  const reread = vi.spyOn(writer, 'reread')
  await sync.rebuildQueue(queue.name)
  await expectInStep(queue.redis, writer, [queue.name])
  // Nothing tells of data that was changed.
  expect(reread).toHaveBeenCalledExactlyOnceWith(queue.name)
  await expect(sync.rebuildQueue('nowhere')).rejects.toMatchObject({ code: 'QUEUE_NOT_FOUND' })
})

test('stacks and payloads are read after all jobs, failed ones first', async () => {
  await failed(250, { data: '{"userId":7}', stacktrace: '["Error: x"]' })
  const { sync, writer } = open()
  await following(sync)
  await vi.waitFor(() => expect(sync.figures().details).toBeNull(), { timeout: 5000 })
  expect(writer.details.get(`${queue.name}\njob-9`)).toEqual({
    id: 'job-9',
    stacktrace: '["Error: x"]',
    data: '{"userId":7}',
    returnvalue: null,
    progress: null,
  })
})

test('a long error keeps its beginning; what is longer is told by its size, and payloads are left out', async () => {
  await failed(30)
  const long = `TypeError: x of undefined in ${'é'.repeat(50_000)}`
  await queue.redis.hset(queue.key('job-3'), 'failedReason', long)
  await queue.redis.hset(queue.key('job-5'), 'failedReason', 'x'.repeat(2 * 1024 * 1024))
  await queue.redis.hset(queue.key('job-4'), 'data', JSON.stringify('y'.repeat(400_000)))
  const { sync, writer } = open()
  await following(sync)
  const errorOf = (job: string) => writer.rows(queue.name).find(({ id }) => id === job)?.error
  const errors = () => [errorOf('job-3'), errorOf('job-5')]
  const expected = [expect.stringMatching(/^TypeError: x of undefined in é+$/), '… (2048 KB)']
  expect(errors()).toEqual(expected)
  await sync.rebuildQueue(queue.name)
  await vi.waitFor(
    () => expect(sync.figures()).toMatchObject({ state: 'following', details: null }),
    { timeout: 5000 },
  )
  // Read with a look at the sizes now.
  expect(errors()).toEqual(expected)
  expect(writer.details.get(`${queue.name}\njob-4`)).toMatchObject({ data: null, tooLong: true })
  expect(writer.details.get(`${queue.name}\njob-5`)).toMatchObject({ tooLong: true })
  expect(writer.details.get(`${queue.name}\njob-3`)).not.toHaveProperty('tooLong')
})

test('a mirror that cannot be written stops it, and is told once', async () => {
  await failed(10)
  const { sync, writer, problems } = open()
  await following(sync)
  const full = new MirrorError('disk-full', 'no space left')
  writer.breakWith(full)
  await queue.bullmq().add('one', {})
  await vi.waitFor(() => expect(problems).toEqual([full]), { timeout: 5000 })
  await queue.bullmq().add('two', {})
  await sync.close()
  expect(problems).toEqual([full])
})

test('a gap that was not made up for when the console ended is found by the next', async () => {
  const writer = memoryMirror()
  await failed(20)
  const first = open(writer)
  await following(first.sync)
  await expectInStep(queue.redis, writer, [queue.name])
  await first.close()
  const mark = writer.kept.get(queue.name)
  expect(mark?.position).not.toBeNull()
  // As it stands while missed events are made up for.
  if (mark) writer.kept.set(queue.name, { ...mark, position: { id: '1000-0', added: -1 } })
  await queue.bullmq().add('one', {})
  await queue.redis.hset(queue.key('job-5'), 'name', 'changed')
  const second = open(writer)
  await expectInStep(queue.redis, writer, [queue.name])
  expect(second.sync.figures().gaps).toBe(1)
})

test('what changed in place without an event is read again at night', async () => {
  const bullmq = queue.bullmq()
  const urgent = await bullmq.add('urgent', {}, { priority: 5 })
  const waits = await bullmq.add('waits', {})
  const later = await bullmq.add('later', {}, { delay: 60_000 })
  let shift = 0
  const { sync, writer } = open(memoryMirror(), () => Date.now() + shift)
  await following(sync)
  await expectInStep(queue.redis, writer, [queue.name])
  await urgent.changePriority({ priority: 1 })
  for (const { id = '' } of [waits, later]) await queue.redis.hset(queue.key(id), 'name', 'other')
  // Nothing tells of it.
  await vi.waitFor(() => expect(sync.figures().queues[0]?.drift).toBe(0), { timeout: 5000 })
  expect(writer.rows(queue.name).find(({ id }) => id === urgent.id)?.priority).toBe(5)
  shift = 25 * 3_600_000
  await expectInStep(queue.redis, writer, [queue.name])
})

test('a shorter retention is kept to at once', async () => {
  await failed(10)
  const writer = memoryMirror()
  let swept = 0
  writer.sweep = async () => {
    swept += 1
    return 0
  }
  const { sync } = open(writer)
  await vi.waitFor(() => expect(swept).toBe(1), { timeout: 5000 })
  sync.reconfigured()
  await vi.waitFor(() => expect(swept).toBe(2), { timeout: 5000 })
})

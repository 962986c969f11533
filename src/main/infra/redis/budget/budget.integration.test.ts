import { Redis } from 'ioredis'
import { setTimeout as delay } from 'node:timers/promises'
import { expect, onTestFinished, test, vi } from 'vitest'
import { linkTo } from '#test-support/link.ts'
import { startTestRedis } from '#test-support/redis.ts'
import type { Budget } from '#shared/contract/profiles.ts'
import type { RedisLink } from '../link.ts'
import type { PipelineCommand } from '../send-commands.ts'

const patience = { timeout: 30_000, interval: 50 }

/** A Redis of its own with a link to it, and a client beside it that the link knows nothing of. */
async function open(budget: Partial<Budget> = {}) {
  const server = await startTestRedis([
    'enable-debug-command yes',
    'lua-time-limit 100',
    'latency-tracking no',
  ])
  const other = new Redis(server.url)
  const link = linkTo(server.url, {
    profile: { budget: { commandsPerSecond: 5000, bytesPerSecond: 10_000_000, ...budget } },
  })
  onTestFinished(async () => {
    await link.close()
    other.disconnect()
    await server.stop()
  })
  await vi.waitFor(() => expect(link.health().state).toBe('ready'), patience)
  return { link, other }
}

const gets = (count: number) =>
  Array.from({ length: count }, (): PipelineCommand => ['get', 'some key'])

async function network(redis: Redis): Promise<number> {
  const stats = await redis.info('stats')
  const field = (name: string) => Number(new RegExp(`^${name}:(\\d+)`, 'm').exec(stats)?.[1])
  return field('total_net_input_bytes') + field('total_net_output_bytes')
}

/** Asks for background work, which must not be done while interactive work is; `done` tells when it is. */
async function expectHeldBack(link: RedisLink) {
  let done = false
  const read = (async () => {
    await link.pipeline(gets(1), 'background')
    done = true
  })()
  expect(await link.pipeline(gets(1))).toEqual([null])
  await delay(50)
  expect(done).toBe(false)
  return { done: () => read }
}

test('commands and bytes are counted as Redis counts them, over all connections', async () => {
  const { link, other } = await open()
  const before = { cost: link.cost(), network: await network(other) }
  await link.pipeline(gets(2000))
  await link.pipeline(gets(1000), 'background')
  const changes = await link.mutations('some key')
  await changes.set('other key', 'x'.repeat(100_000))
  await link.run('other key', (redis) => redis.get('other key'))
  const bytes = (await network(other)) - before.network
  const cost = link.cost()
  const commands = (cost.commandsPerSecond - before.cost.commandsPerSecond) * 10
  // Besides: PING each second, INFO, and a second connection that introduces itself.
  expect(commands).toBeGreaterThanOrEqual(3002)
  expect(commands).toBeLessThan(3040)
  const counted = (cost.bytesPerSecond - before.cost.bytesPerSecond) * 10
  expect(counted).toBeGreaterThan(bytes * 0.9)
  expect(counted).toBeLessThan(bytes * 1.1)
})

test('its part of the working time of Redis is told from INFO', async () => {
  const { link, other } = await open()
  expect(link.cost().cpuShare).toBeNull()
  for (let round = 0; round < 20; round += 1) {
    await link.pipeline(gets(200))
    await other.eval('for i = 1, 20000 do redis.call("exists", "x") end', 0)
  }
  link.wake()
  await vi.waitFor(() => expect(link.cost().cpuShare).not.toBeNull(), patience)
  const small = link.cost().cpuShare ?? 0
  expect(small).toBeGreaterThan(0)
  expect(small).toBeLessThan(0.2)
})

test('a large read in the background goes out no faster than the ceiling', async () => {
  const { link } = await open({ commandsPerSecond: 400 })
  const started = performance.now()
  const replies = await link.pipeline(gets(600), 'background')
  // 200 at once at most, since half a second's worth is kept; the other 400 at 400 a second.
  expect(performance.now() - started).toBeGreaterThan(950)
  expect(replies).toHaveLength(600)
  expect(await link.pipeline(gets(600))).toHaveLength(600)
})

test('slow answers slow background work', async () => {
  const { link, other } = await open()
  await vi.waitFor(async () => {
    await other.call('DEBUG', 'SLEEP', '0.4')
    await delay(100)
    expect(link.cost()).toMatchObject({ background: 'slowed', reason: 'latency' })
  }, patience)
})

test('background work stops while memory is nearly full, and goes on when it is not', async () => {
  const { link, other } = await open()
  const used = Number(/used_memory:(\d+)/.exec(await other.info('memory'))?.[1])
  await other.config('SET', 'maxmemory', String(Math.round(used / 0.95)))
  link.wake()
  await vi.waitFor(
    () => expect(link.cost()).toMatchObject({ background: 'stopped', reason: 'memory' }),
    patience,
  )
  const held = await expectHeldBack(link)
  await other.config('SET', 'maxmemory', '0')
  link.wake()
  await held.done()
  expect(link.cost().background).not.toBe('stopped')
})

test('background work waits for a script that keeps Redis busy', async () => {
  const { link, other } = await open()
  const killer = new Redis({ ...other.options, enableReadyCheck: false })
  const kill = () => killer.script('KILL').catch(() => null)
  onTestFinished(async () => {
    await kill()
    killer.disconnect()
  })
  const script = other.eval('while true do end', 0).catch(() => null)
  await vi.waitFor(
    () => expect(link.cost()).toMatchObject({ background: 'stopped', reason: 'busy' }),
    patience,
  )
  const read = link.pipeline(gets(1), 'background')
  await kill()
  await script
  expect(await read).toEqual([null])
  expect(link.cost().background).not.toBe('stopped')
})

test('background work waits while nobody is connected, and ends with the link', async () => {
  const { link } = await open()
  await link.disconnect()
  expect(link.cost()).toMatchObject({ background: 'stopped', reason: 'offline' })
  const again = link.pipeline(gets(1), 'background')
  link.connect()
  expect(await again).toEqual([null])
  await link.disconnect()
  const [never] = await Promise.allSettled([link.pipeline(gets(1), 'background'), link.close()])
  expect(never).toMatchObject({
    reason: { code: 'ENVIRONMENT_UNREACHABLE', data: { reason: 'disconnected' } },
  })
})

import { Redis } from 'ioredis'
import { Buffer } from 'node:buffer'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { redisUrl } from '#test-support/redis-url.ts'
import { startTestRedis } from '#test-support/redis.ts'
import { sendCommands } from './send-commands.ts'

const key = `send-commands-${crypto.randomUUID()}`
let redis: Redis

beforeEach(async () => {
  redis = new Redis(redisUrl(), {
    protocol: 2,
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    autoResendUnfulfilledCommands: false,
    lazyConnect: true,
  })
  redis.on('error', () => {})
  await redis.connect()
})

afterEach(() => redis.disconnect())

test('replies stand in the order of their commands, a refused one as an Error in its place', async () => {
  const replies = await sendCommands(redis, [
    ['set', key, 'é 1'],
    ['hget', key, 'field'],
    ['get', key],
    ['strlen', key],
    ['get', `${key}:none`],
    ['client', 'LIST', 'ID', 0],
  ])
  expect(replies).toEqual([
    'OK',
    expect.objectContaining({ message: expect.stringContaining('WRONGTYPE') }),
    'é 1',
    4,
    null,
    expect.any(String),
  ])
})

test('the same comes of ioredis own pipeline', async () => {
  await redis.hset(`${key}:hash`, { one: 1, two: 'é' })
  await redis.zadd(`${key}:set`, '1795159363536', 'a', '2.5', 'b')
  await redis.rpush(`${key}:list`, '1', '2', '3')
  const commands = [
    ['hmget', `${key}:hash`, 'two', 'none', 'one'],
    ['hgetBuffer', `${key}:hash`, 'two'],
    ['exists', `${key}:hash`, key],
    ['zrevrange', `${key}:set`, 0, -1, 'WITHSCORES'],
    ['zscore', `${key}:set`, 'a'],
    ['zcount', `${key}:set`, '(2.5', '+inf'],
    ['lrange', `${key}:list`, -2, -1],
    ['lpos', `${key}:list`, '9'],
    ['scan', '0', 'MATCH', `${key}:*`, 'COUNT', 1000],
    ['ping'],
  ] as const
  const others = await redis.pipeline(commands.map((command) => [...command])).exec()
  expect(await sendCommands(redis, commands)).toEqual(others?.map(([, reply]) => reply))
})

test('a hash comes as fields and values one after the other', async () => {
  await redis.hset(`${key}:pairs`, 'one', 1)
  const replies = await sendCommands(redis, [
    ['hgetall', `${key}:pairs`],
    ['hgetallBuffer', `${key}:pairs`],
  ])
  expect(replies).toEqual([
    ['one', '1'],
    [Buffer.from('one'), Buffer.from('1')],
  ])
})

test('no commands, no replies', async () => {
  expect(await sendCommands(redis, [])).toEqual([])
})

test('bytes that are no text go there and back unchanged', async () => {
  const bytes = Buffer.from([0, 255, 13, 10, 36, 128])
  const replies = await sendCommands(redis, [
    ['set', key, bytes],
    ['getBuffer', key],
  ])
  expect(replies).toEqual(['OK', bytes])
})

test('batches and single commands sent at once each get their own replies', async () => {
  const batches = Array.from({ length: 50 }, (_, index) =>
    Promise.all([
      sendCommands(redis, [
        ['echo', `a${index}`],
        ['echo', `b${index}`],
      ]),
      redis.echo(`c${index}`),
    ]),
  )
  expect(await Promise.all(batches)).toEqual(
    batches.map((_, index) => [[`a${index}`, `b${index}`], `c${index}`]),
  )
})

test('without a connection every command answers an Error', async () => {
  redis.disconnect()
  const replies = await sendCommands(redis, [
    ['get', key],
    ['getBuffer', key],
  ])
  expect(replies).toEqual([expect.any(Error), expect.any(Error)])
})

test('a connection that breaks answers an Error for each command without a reply', async () => {
  const server = await startTestRedis()
  const doomed = new Redis(server.url, {
    protocol: 2,
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    autoResendUnfulfilledCommands: false,
    lazyConnect: true,
  })
  const witness = new Redis(server.url, { retryStrategy: () => null })
  for (const client of [doomed, witness]) client.on('error', () => {})
  try {
    await doomed.connect()
    const replies = sendCommands(doomed, [
      ['echo', 'before'],
      ['blpop', key, 0],
      ['get', key],
    ])
    await expect.poll(() => witness.info('clients')).toContain('blocked_clients:1')
    server.process.kill('SIGKILL')
    expect(await replies).toEqual(['before', expect.any(Error), expect.any(Error)])
  } finally {
    doomed.disconnect()
    witness.disconnect()
    await server.stop()
  }
})

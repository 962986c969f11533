import { Buffer } from 'node:buffer'
import { EventEmitter } from 'node:events'
import * as fc from 'fast-check'
import type { Redis } from 'ioredis'
import { expect, test } from 'vitest'
import { BulkReplies } from './bulk-replies.ts'
import { mostBytes, RepliesTooLarge } from './packed-replies.ts'

/** A connection whose other end is the test. */
function connection() {
  const written: string[] = []
  const stream = Object.assign(new EventEmitter(), {
    write: (text: string) => written.push(text),
  })
  const redis = Object.assign(new EventEmitter(), { status: 'ready', stream })
  return { redis, stream, written, replies: new BulkReplies(redis as unknown as Redis) }
}

type Reply = string | number | null | Reply[]

const replyText = (reply: Reply): string => {
  if (reply === null) return '$-1\r\n'
  if (typeof reply === 'number') return `:${reply}\r\n`
  if (typeof reply === 'string') return `$${Buffer.byteLength(reply)}\r\n${reply}\r\n`
  return `*${reply.length}\r\n${reply.map(replyText).join('')}`
}

const { reply: anyReply } = fc.letrec<{ reply: Reply }>((tie) => ({
  reply: fc.oneof(
    { depthSize: 'small' },
    fc.string({ unit: 'binary' }),
    fc.integer(),
    fc.constant(null),
    fc.array(tie('reply'), { maxLength: 5 }),
  ),
}))

test('replies are read whole, wherever the network cuts them', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(anyReply, { minLength: 1, maxLength: 10 }),
      fc.integer({ min: 1, max: 40 }),
      async (expected, size) => {
        const { stream, replies } = connection()
        const read = replies.send(expected.map(() => ['ping']))
        const bytes = Buffer.from(expected.map(replyText).join(''))
        for (let start = 0; start < bytes.length; start += size) {
          stream.emit('data', bytes.subarray(start, start + size))
        }
        expect(await read).toEqual(expected)
      },
    ),
  )
})

test('what Redis refuses is an error in its place', async () => {
  const { stream, replies } = connection()
  const read = replies.send([['ping'], ['hmget', 'key', 'field']])
  stream.emit('data', Buffer.from('+PONG\r\n-WRONGTYPE Operation\r\n'))
  const [pong, refused] = await read
  expect(pong).toBe('PONG')
  expect(refused).toEqual(new Error('WRONGTYPE Operation'))
})

test('bytes that are no UTF-8 are told so, and what comes after them is whole', async () => {
  const texts = [
    [0xff, 0xfe],
    [0x61, 0xe2, 0x82],
    [0xc3, 0xa9],
  ]
  const parts = texts.map((bytes) => [
    Buffer.from(`$${bytes.length}\r\n`),
    Buffer.from(bytes),
    Buffer.from('\r\n'),
  ])
  const bytes = Buffer.concat([
    Buffer.from('*3\r\n'),
    ...parts.flat(),
    Buffer.from('*-1\r\n:7\r\n'),
  ])
  for (let size = 1; size <= bytes.length; size += 1) {
    const { stream, replies } = connection()
    const read = replies.send([
      ['hmget', 'key'],
      ['blpop', 'key'],
      ['incr', 'key'],
    ])
    for (let start = 0; start < bytes.length; start += size) {
      stream.emit('data', bytes.subarray(start, start + size))
    }
    expect(await read).toEqual([['\ufffd\ufffd', 'a\ufffd', 'é'], null, 7])
  }
})

test('lengths are those of bytes', () => {
  const { written, replies } = connection()
  void replies.send([['hmget', 'bull:é:1', 'name']])
  expect(written).toEqual(['*3\r\n$5\r\nhmget\r\n$9\r\nbull:é:1\r\n$4\r\nname\r\n'])
})

test('a connection that ends fails what waits for it, and what comes after', async () => {
  const { redis, replies } = connection()
  const read = replies.send([['ping']])
  redis.status = 'end'
  redis.emit('end')
  await expect(read).rejects.toThrow('Connection is closed')
  await expect(replies.send([['ping']])).rejects.toThrow('Connection is closed')
})

test('asks the same of many keys, and leaves the replies unread', async () => {
  const { stream, written, replies } = connection()
  const read = replies.sendPacked('hmget', ['bull:é:1', 'bull:é:2'], ['name'])
  const command = '*3\r\n$5\r\nhmget\r\n$9\r\nbull:é:1\r\n$4\r\nname\r\n'
  expect(written).toEqual([command + command.replace('é:1', 'é:2')])
  const text = '*1\r\n$4\r\nmail\r\n-WRONGTYPE Operation\r\n'
  stream.emit('data', Buffer.from(text))
  const { bytes, ...rest } = await read
  expect(Buffer.from(bytes).toString()).toBe(text)
  const refused = [new Error('WRONGTYPE Operation')]
  expect(rest).toEqual({ starts: Uint32Array.of(0, 14), longest: 4, empty: [1], refused })
})

test('a reply that is no array of texts fails what waits for it', async () => {
  const { stream, replies } = connection()
  const read = replies.sendPacked('hmget', ['key'], ['name'])
  stream.emit('data', Buffer.from(':1\r\n'))
  await expect(read).rejects.toThrow('no array of texts')
})

test('replies that are larger than is held at once are refused', async () => {
  const { stream, replies } = connection()
  const read = replies.send([['hgetall', 'key']])
  const chunk = Buffer.alloc(mostBytes / 2, 'x')
  stream.emit('data', Buffer.from(`$${mostBytes}\r\n`))
  for (let chunks = 0; chunks < 2; chunks += 1) stream.emit('data', chunk)
  await expect(read).rejects.toThrow(RepliesTooLarge)
})

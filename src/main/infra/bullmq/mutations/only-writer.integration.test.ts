import { globSync, readFileSync } from 'node:fs'
import { relative, resolve } from 'node:path'
import { Redis } from 'ioredis'
import { expect, test } from 'vitest'
import { redisUrl } from '#test-support/redis-url.ts'

const main = resolve(import.meta.dirname, '../../..')
const here = 'infra/bullmq/mutations/'
const sources = globSync('**/*.ts', { cwd: main })
  .map((file) => ({ file, text: readFileSync(resolve(main, file), 'utf8') }))
  .filter(({ file }) => !file.includes('.test.'))
const elsewhere = sources.filter(({ file }) => !file.startsWith(here))
const filesWith = (pattern: RegExp, of = elsewhere) =>
  of.filter(({ text }) => pattern.test(text)).map(({ file }) => file)

test('there are sources to look at, on both sides', () => {
  expect(relative(main, import.meta.dirname)).toBe(here.slice(0, -1))
  expect(elsewhere.length).toBeGreaterThan(50)
  expect(sources.length - elsewhere.length).toBeGreaterThan(5)
})

test('BullMQ, whose every class can write, is loaded only in this folder', () => {
  const loads = /(from|import\(|require\()\s*['"]bullmq/
  expect(filesWith(loads)).toEqual([])
  expect(filesWith(loads, sources)).toEqual([`${here}scripts.ts`])
})

test('the connection for changes is asked for only in this folder', () => {
  const asks = /\.mutations\(/
  // A cluster hands on that of the node.
  expect(filesWith(asks)).toEqual(['infra/redis/cluster/cluster-link.ts'])
  expect(filesWith(asks, sources)).toContain(`${here}job-mutations.ts`)
})

/** Commands whose names are also those of everyday methods: only looked for as entries of a pipeline. */
const everyday = new Set(['set', 'move', 'copy', 'append', 'sort', 'restore', 'expire', 'migrate'])

test('no command that writes, as Redis itself lists them, is sent from elsewhere', async () => {
  const redis = new Redis(redisUrl())
  const writing = (await redis.call('COMMAND', 'LIST', 'FILTERBY', 'ACLCAT', 'write')) as string[]
  redis.disconnect()
  const commands = [...writing, 'eval', 'evalsha', 'fcall', 'script', 'flushall', 'flushdb']
    .map((name) => name.toLowerCase())
    .filter((name) => /^[a-z]+$/.test(name))
  expect(commands).toEqual(expect.arrayContaining(['del', 'hset', 'lpush', 'zadd', 'xadd', 'eval']))
  const methods = commands.filter((name) => !everyday.has(name)).join('|')
  // As a method, `redis.hset(`, or as an entry of a pipeline, `['hset', ...]`.
  const sent = new RegExp(
    `\\.(${methods})(Buffer)?\\(|\\[\\s*['"](${commands.join('|')})(Buffer)?['"]`,
    'i',
  )
  const speakers = elsewhere.filter(({ text }) =>
    /from 'ioredis'|infra\/redis\/|\bRedis\b/.test(text),
  )
  expect(speakers.length).toBeGreaterThan(5)
  expect(filesWith(sent, speakers)).toEqual([])
  expect(sent.test('await redis.hset(key, field, 1)')).toBe(true)
  expect(sent.test("pipeline([['set', key]])")).toBe(true)
})

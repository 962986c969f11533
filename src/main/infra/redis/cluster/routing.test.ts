import { Buffer } from 'node:buffer'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import type { PipelineCommand } from '../send-commands.ts'
import { keyOf } from './command-key.ts'
import { redirectionOf } from './redirection.ts'
import { spreadOf } from './spread.ts'

test.each<[PipelineCommand, ReturnType<typeof keyOf>]>([
  [['get', 'key'], 'key'],
  [['hgetallBuffer', 'key'], 'key'],
  [['HGET', 'key', 'field'], 'key'],
  [['get', Buffer.from('key')], Buffer.from('key')],
  [['get', 7], '7'],
  [['memory', 'usage', 'key', 'SAMPLES', 0], 'key'],
  [['xinfo', 'STREAM', 'key'], 'key'],
  [['client', 'LIST'], null],
  [['dbsize'], null],
  [['scan', '0', 'MATCH', '*'], null],
  [['info', 'memory'], null],
])('%j is about the key %j', (command, key) => {
  expect(keyOf(command)).toEqual(key)
})

test.each([
  ['MOVED 3999 127.0.0.1:6381', { ask: null }],
  ['ASK 3999 127.0.0.1:6381', { ask: { host: '127.0.0.1', port: 6381 } }],
  ['ASK 3999 2001:db8::1:6381', { ask: { host: '2001:db8::1', port: 6381 } }],
  ['ASK 3999 :6381', { ask: null }],
  ['TRYAGAIN Multiple keys request during rehashing of slot', { ask: null }],
  ['CLUSTERDOWN The cluster is down', { ask: null }],
  ['WRONGTYPE Operation against a key', null],
])('%j sends elsewhere: %j', (message, redirection) => {
  expect(redirectionOf(new Error(message))).toEqual(redirection)
})

test('what is no error sends nowhere', () => {
  expect(redirectionOf('MOVED 1 a:1')).toBeNull()
})

test('a count is the sum, and clients are those of all; one refusal is that of the whole', () => {
  const size = spreadOf(['dbsize'], ['a:1', 'b:1'])
  expect(size.parts.map(({ node }) => node)).toEqual(['a:1', 'b:1'])
  expect(size.join([3, 4])).toBe(7)
  expect(spreadOf(['client', 'LIST'], ['a:1', 'b:1']).join(['id=1\n', 'id=2\n'])).toBe(
    'id=1\nid=2\n',
  )
  const refusal = new Error('NOPERM')
  expect(size.join([3, refusal])).toBe(refusal)
  expect(spreadOf(['info'], ['b:1', 'a:1']).parts).toEqual([{ node: 'b:1', command: ['info'] }])
})

const places = fc.uniqueArray(fc.constantFrom('a:1', 'b:1', 'c:1', 'd:1', 'e:1'), { minLength: 1 })

test('a scan meets every key of every master once, and ends', () => {
  fc.assert(
    fc.property(places, fc.integer({ min: 1, max: 5 }), (masters, pages) => {
      const found: string[] = []
      let cursor = '0'
      let steps = 0
      do {
        const [first = '', ...rest] = masters
        const { parts, join } = spreadOf(['scan', cursor, 'COUNT', 1], [first, ...rest])
        const replies = parts.map(({ node, command }) => {
          const page = Number(command[1])
          return [page + 1 < pages ? String(page + 1) : '0', [`${node}/${page}`]]
        })
        const [next, keys] = join(replies) as [string, string[]]
        found.push(...keys)
        cursor = next
        steps += 1
      } while (cursor !== '0' && steps < 100)
      const all = masters.flatMap((node) =>
        Array.from({ length: pages }, (_, page) => `${node}/${page}`),
      )
      expect(found.toSorted()).toEqual(all.toSorted())
    }),
  )
})

test('a scan goes on behind a master that has gone, and ends when it was the last', () => {
  expect(spreadOf(['scan', '17@b:1'], ['a:1', 'c:1']).parts).toEqual([
    { node: 'c:1', command: ['scan', '0'] },
  ])
  const { parts, join } = spreadOf(['scan', '17@z:1'], ['a:1', 'c:1'])
  expect(parts).toEqual([])
  expect(join([])).toEqual(['0', []])
})

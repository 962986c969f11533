import { expect, test } from 'vitest'
import { sentinelAnswerOf } from './sentinel-answer.ts'

const other = (port: string, flags = 'sentinel') => ['ip', '10.0.0.2', 'port', port, 'flags', flags]

test('the primary, its epoch and the other sentinels, those out of reach left out', () => {
  const answer = sentinelAnswerOf(
    ['Redis.Example', '6379'],
    ['name', 'main', 'config-epoch', '3'],
    [other('26379'), other('26380', 'sentinel,disconnected'), other('26381', 's_down,sentinel')],
  )
  expect(answer).toEqual({
    primary: { host: 'redis.example', port: 6379 },
    epoch: 3,
    sentinels: [{ host: '10.0.0.2', port: 26_379 }],
  })
})

test('a name nobody knows has no primary; what is not told is not known', () => {
  expect(sentinelAnswerOf(null, null, null)).toEqual({ primary: null, epoch: null, sentinels: [] })
})

test.each([
  [['host', '0'], [], []],
  [['', '6379'], 'x', 'x'],
  ['x', ['config-epoch', 'x'], ['x', ['ip', '10.0.0.2', 'port', '99999']]],
])('odd replies count as not told: %j %j %j', (address, details, others) => {
  expect(sentinelAnswerOf(address, details, others)).toEqual({
    primary: null,
    epoch: null,
    sentinels: [],
  })
})

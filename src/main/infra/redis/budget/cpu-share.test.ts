import { expect, test } from 'vitest'
import { CpuShare } from './cpu-share.ts'

const info = (stats: Record<string, [calls: number, usec: number]>) =>
  [
    '# Commandstats',
    ...Object.entries(stats).map(
      ([name, [calls, usec]]) =>
        `cmdstat_${name}:calls=${calls},usec=${usec},usec_per_call=1.00,rejected_calls=0,failed_calls=0`,
    ),
  ].join('\r\n')

function send(share: CpuShare, name: string, times: number) {
  for (let index = 0; index < times; index += 1) share.sent(name)
}

test('own calls count at the mean time of their command', () => {
  const share = new CpuShare()
  share.told('one', info({ zcard: [10, 100], evalsha: [1, 1000] }), 0)
  expect(share.share()).toBeNull()
  send(share, 'zcard', 50)
  // 100 calls at 2 µs, of which half are ours, beside 700 µs of others' scripts.
  share.told('one', info({ zcard: [110, 300], evalsha: [4, 1700] }), 10_000)
  expect(share.share()).toBeCloseTo(100 / 900)
})

test('before Redis 7 the commands of a container are one', () => {
  const share = new CpuShare()
  share.told('one', info({ client: [0, 0] }), 0)
  send(share, 'client|list', 1)
  share.told('one', info({ client: [2, 100], get: [1, 100] }), 10_000)
  expect(share.share()).toBeCloseTo(0.25)
})

test('only the last minute counts', () => {
  const share = new CpuShare()
  share.told('one', info({ get: [0, 0] }), 0)
  send(share, 'get', 10)
  share.told('one', info({ get: [10, 100] }), 10_000)
  expect(share.share()).toBe(1)
  share.told('one', info({ get: [110, 1100] }), 65_000)
  expect(share.share()).toBeCloseTo(10 / 110)
  share.told('one', info({ get: [120, 1200] }), 75_000)
  expect(share.share()).toBe(0)
})

test('the masters of a cluster are added up', () => {
  const share = new CpuShare()
  share.told('one', info({ get: [0, 0] }), 0)
  share.told('two', info({ get: [0, 0] }), 0)
  send(share, 'get', 30)
  share.told('one', info({ get: [50, 500] }), 10_000)
  share.told('two', info({ get: [50, 500] }), 10_000)
  expect(share.share()).toBeCloseTo(0.3)
})

test('a restart begins anew', () => {
  const share = new CpuShare()
  share.told('one', info({ get: [1000, 1000] }), 0)
  send(share, 'get', 500)
  share.told('one', info({ get: [10, 10] }), 10_000)
  expect(share.share()).toBeNull()
  send(share, 'get', 5)
  share.told('one', info({ get: [20, 20] }), 20_000)
  expect(share.share()).toBeCloseTo(0.5)
})

test('a Redis that does not tell leaves it unknown', () => {
  const share = new CpuShare()
  share.told('one', null, 0)
  share.told('one', '# Server\r\nredis_version:7.0.15\r\n', 10_000)
  expect(share.share()).toBeNull()
})

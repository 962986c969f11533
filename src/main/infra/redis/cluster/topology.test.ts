import { expect, test } from 'vitest'
import { topologyOf } from './topology.ts'

const node = (port: number, host: unknown = '10.0.0.1') => [host, port, 'id', []]

test('masters stand in the order of their slots, each once, with all their ranges', () => {
  const topology = topologyOf(
    [
      [8000, 16_383, node(2), node(5)],
      [0, 99, node(1), node(4)],
      [100, 7999, node(3)],
      [50, 60, node(2)],
    ],
    'seed',
  )
  expect(topology?.masters.map(({ port }) => port)).toEqual([1, 2, 3])
  expect(topology?.replicas.map(({ port }) => port)).toEqual([4, 5])
  expect(topology?.complete).toBe(true)
  expect([0, 55, 100, 16_383].map((slot) => topology?.masterOf(slot)?.port)).toEqual([1, 2, 3, 2])
})

test('slots without a master are missed', () => {
  const topology = topologyOf([[0, 99, node(1)]], 'seed')
  expect(topology?.complete).toBe(false)
  expect(topology?.masterOf(100)).toBeNull()
  expect(topologyOf([], 'seed')).toMatchObject({ masters: [], complete: false })
})

test('a node that does not say its host is where it was asked', () => {
  const hosts = [null, '', 'Node.Example', '2001:db8::1']
  const told = topologyOf(
    hosts.map((host, index) => [index, index, node(7000, host)]),
    'seed',
  )
  expect([0, 1, 2, 3].map((slot) => told?.masterOf(slot)?.host)).toEqual([
    'seed',
    'seed',
    'node.example',
    '2001:db8::1',
  ])
})

test('what makes no sense is left out', () => {
  const odd = [
    [0, 1, node(1, '?')],
    [2, 3, node(70_000)],
    [4, 99_999, node(1)],
    [-1, 5, node(1)],
    ['x', 5, node(1)],
    [6, 7],
    'x',
    [8, 9, node(9), 'x', node(0)],
  ]
  const topology = topologyOf(odd, 'seed')
  expect(topology?.masters).toEqual([{ host: '10.0.0.1', port: 9 }])
  expect(topology?.replicas).toEqual([])
  expect(topologyOf(new Error('ERR'), 'seed')).toBeNull()
  expect(topologyOf('OK', 'seed')).toBeNull()
})

import { expect, test } from 'vitest'
import type { Health } from '#shared/contract/connections.ts'
import { initialHealth } from '../health-state.ts'
import { clusterStateOf, type ClusterView } from './cluster-health.ts'

const node = (
  state: Health['state'],
  reason: Health['reason'] = null,
  nextTryAt: number | null = null,
): Health => ({ ...initialHealth('prod', 0), state, reason, nextTryAt })
const ready = node('ready')
const view = (nodes: readonly Health[], change: Partial<ClusterView> = {}): ClusterView => ({
  nodes,
  complete: true,
  agreed: true,
  problem: null,
  nextLookAt: 99,
  ...change,
})

test.each<[string, ClusterView, string]>([
  ['all serve', view([ready, ready]), 'ready'],
  ['one is slow', view([ready, node('degraded', 'latency')]), 'degraded latency'],
  [
    'one is slow and one full',
    view([node('degraded', 'latency'), node('degraded', 'memory')]),
    'degraded memory',
  ],
  ['one is busy', view([ready, node('degraded', 'busy')]), 'degraded busy'],
  ['one was just found', view([ready, node('connecting')]), 'connecting'],
  ['one loads', view([ready, node('loading', 'loading')]), 'loading loading'],
  ['one is gone', view([ready, node('reconnecting', 'refused', 7)]), 'reconnecting cluster-down 7'],
  [
    'one wants another password',
    view([ready, node('refused', 'authentication')]),
    'refused authentication',
  ],
  ['slots are not served', view([ready], { complete: false }), 'reconnecting cluster-down 99'],
  ['one still takes it for down', view([ready], { agreed: false }), 'reconnecting cluster-down 99'],
  ['they were not asked yet', view([ready], { agreed: null }), 'connecting'],
  ['it is none', view([ready], { problem: 'not-a-cluster' }), 'refused not-a-cluster'],
  ['nobody has told yet', view([ready], { complete: null }), 'connecting'],
  ['nobody was asked yet', view([], { complete: null }), 'connecting'],
  [
    'one of those asked is still there to be heard',
    view([node('refused', 'tls'), node('connecting')], { complete: null }),
    'connecting',
  ],
  [
    'of those asked one refuses and one is not there',
    view([node('reconnecting', 'refused', 7), node('refused', 'tls')], { complete: null }),
    'refused tls',
  ],
  [
    'none of those asked is there',
    view([node('reconnecting', 'timeout', 8), node('reconnecting', 'timeout', 7)], {
      complete: null,
    }),
    'reconnecting timeout 7',
  ],
])('where %s', (_, given, expected) => {
  const { state, reason, nextTryAt } = clusterStateOf(given)
  expect([state, reason, nextTryAt].filter((part) => part !== null).join(' ')).toBe(expected)
})

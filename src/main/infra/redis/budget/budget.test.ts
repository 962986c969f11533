import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Health } from '#shared/contract/connections.ts'
import { EnvironmentBudget } from './budget.ts'

const limits = { commandsPerSecond: 100, bytesPerSecond: 1_000_000 }

beforeEach(() => {
  vi.useFakeTimers()
})

afterEach(() => {
  vi.useRealTimers()
})

const open = () =>
  new EnvironmentBudget({
    environment: 'staging',
    limits,
    now: () => vi.getMockedSystemTime()?.getTime() ?? 0,
  })

async function follow(admitted: Promise<void> | undefined, done: () => void) {
  await admitted
  done()
}

const health = (state: Health['state'], reason: Health['reason'] = null): Health => ({
  environment: 'staging',
  state,
  reason,
  since: 0,
  lastAnswerAt: null,
  nextTryAt: null,
  latency: null,
  redisVersion: null,
  server: null,
})

test('as long as there is room nothing waits', () => {
  const budget = open()
  expect(budget.admit(50, 'background')).toBeUndefined()
  expect(budget.admit(200, 'interactive')).toBeUndefined()
  expect(budget.cost()).toMatchObject({
    ceiling: limits,
    background: 'running',
    reason: null,
    cpuShare: null,
  })
})

test('what has to wait goes when there is room, without being asked again', async () => {
  const budget = open()
  void budget.admit(300, 'interactive')
  const done = vi.fn<() => void>()
  void follow(budget.admit(100, 'interactive'), done)
  await vi.advanceTimersByTimeAsync(990)
  expect(done).not.toHaveBeenCalled()
  await vi.advanceTimersByTimeAsync(20)
  expect(done).toHaveBeenCalledOnce()
  expect(vi.getTimerCount()).toBe(0)
})

test('a budget under which background work has to wait says so', async () => {
  const budget = open()
  void budget.admit(300, 'interactive')
  void budget.admit(10, 'background')
  expect(budget.cost()).toMatchObject({ background: 'running' })
  await vi.advanceTimersByTimeAsync(1500)
  expect(budget.cost()).toMatchObject({ background: 'slowed', reason: 'ceiling' })
  await vi.advanceTimersByTimeAsync(2000)
  expect(budget.cost()).toMatchObject({ background: 'running', reason: null })
})

test.each([
  [health('offline', 'disconnected'), 'offline'],
  [health('connecting'), 'offline'],
  [health('reconnecting', 'closed'), 'offline'],
  [health('refused', 'authentication'), 'offline'],
  [health('loading', 'loading'), 'loading'],
  [health('degraded', 'busy'), 'busy'],
  [health('degraded', 'memory'), 'memory'],
  [health('degraded', 'replication'), 'replication'],
] as const)(
  'background work stops in trouble and goes on after it: %j',
  async (trouble, reason) => {
    const budget = open()
    budget.follow(trouble)
    const done = vi.fn<() => void>()
    void follow(budget.admit(1, 'background'), done)
    expect(budget.cost()).toMatchObject({ background: 'stopped', reason })
    expect(vi.getTimerCount()).toBe(0)
    expect(budget.admit(1, 'interactive')).toBeUndefined()
    await vi.advanceTimersByTimeAsync(60_000)
    expect(done).not.toHaveBeenCalled()
    budget.follow(health('ready'))
    await vi.advanceTimersByTimeAsync(0)
    expect(done).toHaveBeenCalledOnce()
    expect(budget.cost()).toMatchObject({ background: 'running', reason: null })
  },
)

test.each([health('degraded', 'replica'), health('degraded', 'latency')])(
  'background work goes on in %j',
  (limited) => {
    const budget = open()
    budget.follow(limited)
    expect(budget.admit(1, 'background')).toBeUndefined()
  },
)

test('slow answers slow background work', async () => {
  const budget = open()
  for (const latency of [0.3, 0.3, 0.3, 0.3, 50, 50]) {
    await vi.advanceTimersByTimeAsync(1000)
    budget.observe(latency)
  }
  expect(budget.cost()).toMatchObject({ background: 'slowed', reason: 'latency' })
})

test('closing ends all waiting, and refuses what comes later', async () => {
  const budget = open()
  void budget.admit(300, 'interactive')
  const waiting = [budget.admit(10, 'interactive'), budget.admit(10, 'background')]
  budget.close()
  for (const wait of [...waiting, budget.admit(1, 'interactive')]) {
    await expect(wait).rejects.toMatchObject({
      code: 'ENVIRONMENT_UNREACHABLE',
      data: { environment: 'staging', reason: 'disconnected' },
    })
  }
  expect(vi.getTimerCount()).toBe(0)
})

test('too much in line is refused at once', async () => {
  const budget = open()
  budget.follow(health('offline'))
  const waiting = Array.from({ length: 100 }, async () => budget.admit(1, 'background'))
  await expect(budget.admit(1, 'background')).rejects.toMatchObject({
    code: 'ENVIRONMENT_UNREACHABLE',
  })
  budget.close()
  expect((await Promise.allSettled(waiting)).every(({ status }) => status === 'rejected')).toBe(
    true,
  )
})

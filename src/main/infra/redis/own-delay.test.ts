import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { watchOwnDelay, withoutOwnDelay } from './own-delay.ts'

beforeEach(() => {
  vi.useFakeTimers()
})

afterEach(() => {
  vi.useRealTimers()
})

/** A clock that goes on with the timers, and beside them while something holds everything up. */
function heldUp() {
  let held = 0
  const now = () => Date.now() + held
  return { now, hold: (milliseconds: number) => (held += milliseconds) }
}

test('a process that gets every turn has no delay', () => {
  const told = watchOwnDelay(heldUp().now)
  vi.advanceTimersByTime(50)
  expect(told()).toBe(0)
})

test('all times in which it was held up are added, also the last', () => {
  const { now, hold } = heldUp()
  const told = watchOwnDelay(now)
  vi.advanceTimersByTime(5)
  hold(20)
  vi.advanceTimersByTime(5)
  hold(7)
  vi.advanceTimersByTime(5)
  hold(12)
  const late = told()
  expect(late).toBeGreaterThanOrEqual(36)
  expect(late).toBeLessThanOrEqual(39)
  expect(vi.getTimerCount()).toBe(0)
})

test('the grain of timers is no delay', () => {
  const { now, hold } = heldUp()
  const told = watchOwnDelay(now)
  for (let turn = 0; turn < 20; turn += 1) {
    hold(1)
    vi.advanceTimersByTime(1)
  }
  expect(told()).toBe(0)
})

test('a round trip that was mostly our own delay tells nothing of Redis', () => {
  expect(withoutOwnDelay(30, 0)).toEqual({ latency: 30, telling: true })
  expect(withoutOwnDelay(30, 15)).toEqual({ latency: 15, telling: true })
  expect(withoutOwnDelay(30, 16)).toEqual({ latency: 14, telling: false })
  // A timer that was late before the answer came.
  expect(withoutOwnDelay(30, 31)).toEqual({ latency: 0, telling: false })
})

import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Pulse } from './pulse.ts'

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 })
})

afterEach(() => {
  vi.useRealTimers()
})

function start() {
  const heard: string[] = []
  const pulse = new Pulse({
    every: 1000,
    beat: () => heard.push('beat'),
    slept: () => heard.push('slept'),
  })
  pulse.start()
  return { pulse, heard }
}

test('it beats each second until it is stopped, however often it was started', () => {
  const { pulse, heard } = start()
  pulse.start()
  vi.advanceTimersByTime(3000)
  pulse.stop()
  vi.advanceTimersByTime(3000)
  expect(heard).toEqual(['beat', 'beat', 'beat'])
})

test('a clock that has run on while the timer stood still tells of a sleep, once', () => {
  const { heard } = start()
  vi.advanceTimersByTime(1000)
  vi.setSystemTime(Date.now() + 60_000)
  vi.advanceTimersByTime(2000)
  expect(heard).toEqual(['beat', 'slept', 'beat'])
})

test('a process that was held up for some seconds has not slept', () => {
  const { heard } = start()
  vi.setSystemTime(Date.now() + 9000)
  vi.advanceTimersByTime(1000)
  expect(heard).toEqual(['beat'])
})

test('a clock set back is no sleep, and neither is the start after a long stop', () => {
  const { pulse, heard } = start()
  vi.setSystemTime(Date.now() - 3_600_000)
  vi.advanceTimersByTime(1000)
  pulse.stop()
  vi.advanceTimersByTime(3_600_000)
  pulse.start()
  vi.advanceTimersByTime(1000)
  expect(heard).toEqual(['beat', 'beat'])
})

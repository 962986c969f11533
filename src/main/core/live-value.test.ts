import { expect, test } from 'vitest'
import { LiveValue, pause } from './live-value.ts'

test('a slow reader gets the newest value and skips what it missed', async () => {
  const live = new LiveValue<number>()
  const ended = new AbortController()
  const values = live.values(ended.signal)
  live.push(1)
  expect((await values.next()).value).toBe(1)
  live.push(2)
  live.push(3)
  expect((await values.next()).value).toBe(3)
  ended.abort()
  expect((await values.next()).done).toBe(true)
})

test('a reader that waits is woken by a value, and by the end of its signal', async () => {
  const live = new LiveValue<string>()
  const ended = new AbortController()
  const values = live.values(ended.signal)
  const first = values.next()
  live.push('now')
  expect(await first).toEqual({ done: false, value: 'now' })
  const second = values.next()
  ended.abort()
  expect((await second).done).toBe(true)
})

test('values keep their distance', async () => {
  const live = new LiveValue<number>()
  const ended = new AbortController()
  const times: number[] = []
  const ticking = setInterval(() => live.push(Date.now()), 1)
  for await (const _ of live.values(ended.signal, 40)) {
    times.push(performance.now())
    if (times.length === 4) ended.abort()
  }
  clearInterval(ticking)
  const gaps = times.slice(1).map((time, index) => time - (times[index] ?? 0))
  expect(Math.min(...gaps)).toBeGreaterThanOrEqual(38)
})

test('a failure ends every reader', async () => {
  const live = new LiveValue<number>()
  const never = new AbortController().signal
  const readers = [live.values(never).next(), live.values(never).next()]
  live.fail(new Error('denied'))
  for (const reader of readers) await expect(reader).rejects.toThrow('denied')
})

test('a pause ends at once when its signal aborts', async () => {
  const ended = new AbortController()
  const paused = pause(60_000, ended.signal)
  ended.abort()
  await expect(paused).resolves.toBeUndefined()
  await expect(pause(60_000, ended.signal)).resolves.toBeUndefined()
})

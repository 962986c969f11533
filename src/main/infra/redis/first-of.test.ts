import { expect, test, vi } from 'vitest'
import { firstOf } from './first-of.ts'

const never = new AbortController().signal
const pending = (signal: AbortSignal) =>
  new Promise<string>((_, reject) => {
    signal.addEventListener('abort', () => reject(new Error('aborted')), { once: true })
  })

const slow = () => new Promise<string>((resolve) => setTimeout(() => resolve('one'), 20))

test('the first success ends it, and the later ones are not begun', async () => {
  const later = vi.fn<() => Promise<string>>()
  expect(await firstOf([() => Promise.resolve('one'), later], 1000, never)).toBe('one')
  expect(later).not.toHaveBeenCalled()
})

test('a failure begins the next at once', async () => {
  const tries = [() => Promise.reject(new Error('no')), () => Promise.resolve('two')]
  expect(await firstOf(tries, 60_000, never)).toBe('two')
})

test('one that hangs lets the next begin, and is aborted when that succeeds', async () => {
  let aborted = false
  const hanging = (signal: AbortSignal) => {
    signal.addEventListener('abort', () => (aborted = true))
    return pending(signal)
  }
  const third = vi.fn<() => Promise<string>>()
  expect(await firstOf([hanging, () => Promise.resolve('two'), third], 5, never)).toBe('two')
  expect(aborted).toBe(true)
  await new Promise((resolve) => setImmediate(resolve))
  expect(third).not.toHaveBeenCalled()
})

test('one that was late may still win', async () => {
  expect(await firstOf([slow, pending], 5, never)).toBe('one')
})

test('once all have failed, so does it, with the failures in order', async () => {
  const tries = [1, 2, 3].map((each) => () => Promise.reject(new Error(String(each))))
  await expect(firstOf(tries, 5, never)).rejects.toMatchObject({
    errors: [{ message: '1' }, { message: '2' }, { message: '3' }],
  })
  await expect(firstOf([], 5, never)).rejects.toMatchObject({ errors: [] })
})

test('an abort from outside ends what is under way and begins nothing', async () => {
  const end = new AbortController()
  const later = vi.fn<() => Promise<string>>()
  const trying = firstOf([pending, later], 60_000, end.signal)
  end.abort()
  await expect(trying).rejects.toMatchObject({ errors: [{ message: 'aborted' }] })
  expect(later).not.toHaveBeenCalled()
})

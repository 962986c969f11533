import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { ConnectError } from './connect-error.ts'
import { Retrier } from './retrier.ts'

beforeEach(() => {
  vi.useFakeTimers({ now: 0 })
})

afterEach(() => {
  vi.useRealTimers()
})

/** A retrier whose tries end as the test says. */
function start() {
  const tries: { signal: AbortSignal; succeed: () => void; fail: (error: Error) => void }[] = []
  const pauses: number[] = []
  const reasons: string[] = []
  const retrier = new Retrier({
    attempt: (signal) =>
      new Promise((resolve, reject) => {
        tries.push({ signal, succeed: resolve, fail: reject })
        signal.addEventListener('abort', () => reject(new ConnectError('tcp', 'closed')))
      }),
    began: () => reasons.push('trying'),
    failed: ({ reason }, nextTryAt) => {
      reasons.push(reason)
      pauses.push(nextTryAt - Date.now())
    },
  })
  const failLast = async (error: Error) => {
    tries.at(-1)?.fail(error)
    await vi.advanceTimersByTimeAsync(0)
  }
  return { retrier, tries, pauses, reasons, failLast }
}

const closed = new ConnectError('tcp', 'refused')

test('one try at a time, and the next after a pause that grows', async () => {
  const { retrier, tries, pauses, reasons, failLast } = start()
  retrier.now()
  retrier.now()
  expect(tries).toHaveLength(1)
  for (let failures = 1; failures <= 8; failures += 1) {
    await failLast(closed)
    expect(tries).toHaveLength(failures)
    await vi.advanceTimersByTimeAsync(pauses.at(-1) ?? 0)
    expect(tries).toHaveLength(failures + 1)
  }
  for (const [at, pause] of pauses.entries()) {
    const full = Math.min(5000, 200 * 2 ** at)
    expect(pause).toBeGreaterThanOrEqual(full * 0.75)
    expect(pause).toBeLessThanOrEqual(full)
  }
  expect(reasons.slice(0, 4)).toEqual(['trying', 'refused', 'trying', 'refused'])
})

test('who is refused is left in peace for longer', async () => {
  const { retrier, pauses, failLast } = start()
  retrier.now()
  await failLast(new ConnectError('auth', 'authentication'))
  expect(pauses[0]).toBeGreaterThanOrEqual(11_250)
})

test('asking for it now ends the pause', async () => {
  const { retrier, tries, failLast } = start()
  retrier.now()
  await failLast(closed)
  retrier.now()
  expect(tries).toHaveLength(2)
  await vi.advanceTimersByTimeAsync(60_000)
  expect(tries).toHaveLength(2)
})

test('beginning anew gives up the try under way, whose failure counts for nothing', async () => {
  const { retrier, tries, pauses } = start()
  retrier.now()
  retrier.anew()
  await vi.advanceTimersByTimeAsync(60_000)
  expect(tries.map(({ signal }) => signal.aborted)).toEqual([true, false])
  expect(pauses).toEqual([])
})

test('stopping waits for the try under way, and nothing comes after it', async () => {
  const { retrier, tries, reasons } = start()
  retrier.now()
  await retrier.stop()
  await vi.advanceTimersByTimeAsync(60_000)
  expect(tries[0]?.signal.aborted).toBe(true)
  expect(reasons).toEqual(['trying'])
})

test('what has lasted begins with a short pause again', async () => {
  const { retrier, tries, pauses, failLast } = start()
  retrier.now()
  await failLast(closed)
  retrier.now()
  await failLast(closed)
  retrier.now()
  tries.at(-1)?.succeed()
  await vi.advanceTimersByTimeAsync(0)
  retrier.steady()
  retrier.later({ reason: 'closed', refused: false })
  expect(pauses[2]).toBeLessThanOrEqual(200)
})

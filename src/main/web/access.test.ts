import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createAccess } from './access.ts'

const access = createAccess('a-token-only-for-tests', 4780)

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** Status of the answer to a ticket, 200 when it opens; a wrong one is answered late. */
async function tryTicket(ticket: string): Promise<number> {
  const answer = access.tryTicket(ticket)
  await vi.advanceTimersByTimeAsync(1000)
  return (await answer)?.status ?? 200
}

test('a ticket opens once', async () => {
  const ticket = access.issueTicket()
  expect(ticket).toMatch(/^[\w-]{43}$/)
  expect(await tryTicket(ticket)).toBe(200)
  expect(await tryTicket(ticket)).toBe(401)
})

test('a ticket is good for a minute', async () => {
  const [early, late] = [access.issueTicket(), access.issueTicket()]
  await vi.advanceTimersByTimeAsync(58_000)
  expect(await tryTicket(early)).toBe(200)
  await vi.advanceTimersByTimeAsync(2000)
  expect(await tryTicket(late)).toBe(401)
})

test('each ticket is another one, and none is the token', async () => {
  expect(access.issueTicket()).not.toBe(access.issueTicket())
  expect(await tryTicket('a-token-only-for-tests')).toBe(401)
  expect(await tryTicket('')).toBe(401)
})

import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { type Access, createAccess } from './access.ts'

const access = createAccess('a-token-only-for-tests', 4780)

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** Status of the answer to a ticket, 200 when it opens; a wrong one is answered late. */
async function tryTicket(ticket: string): Promise<number> {
  const answer = access.tryTicket(ticket)
  await vi.advanceTimersByTimeAsync(1000)
  return (await answer)?.status ?? 200
}

/** Status of the answer to who brings this session, 200 when it opens. */
async function trySession(door: Access, cookie: string): Promise<number> {
  return (await door.refuse({ cookie: cookie.split(';')[0] }))?.status ?? 200
}

test('a session goes on after a restart with a token that lasts, on the same port only', async () => {
  const token = 'a-token-only-for-tests'
  const { sessionCookie } = createAccess(token, 4780, true)
  expect(sessionCookie).not.toContain(token)
  expect(await trySession(createAccess(token, 4780, true), sessionCookie)).toBe(200)
  const elsewhere = sessionCookie.replace('vigie-4780=', 'vigie-4781=')
  expect(await trySession(createAccess(token, 4781, true), elsewhere)).toBe(401)
  expect(await trySession(createAccess('another-token-for-tests', 4780, true), sessionCookie)).toBe(
    401,
  )
})

test('a session ends with the run when the token does not last', async () => {
  expect(await trySession(access, access.sessionCookie)).toBe(200)
  const next = createAccess('a-token-only-for-tests', 4780)
  expect(await trySession(next, access.sessionCookie)).toBe(401)
})

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

import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import type { Refusal } from './refusal.ts'

/** Wrong tries that wait at a time at most; more are turned away at once. */
const waitingTries = 16
const pause = 1000

/** Milliseconds between handing out a ticket and its end. */
const ticketLife = 60_000

const missing: Refusal = {
  status: 401,
  code: 'UNAUTHORIZED',
  message:
    'This console needs its access token. Open the address it printed where it was started; it ends with ?token=…',
  headers: { 'WWW-Authenticate': 'Bearer realm="Vigie"' },
}

const busy: Refusal = {
  status: 429,
  code: 'TOO_MANY_REQUESTS',
  message: 'Too many wrong access tokens. Try again in a moment.',
  headers: { 'Retry-After': '1' },
}

export interface Access {
  /** Null when the headers hold the access token or a session; otherwise the answer to give. */
  refuse(headers: IncomingHttpHeaders): Promise<Refusal | null>
  /** Tries a token; a wrong one is answered late. */
  tryToken(token: string): Promise<Refusal | null>
  /** A secret that opens one session, within a minute: for a place where others may see it. */
  issueTicket(): string
  /** Tries a ticket, which then is used; a wrong one is answered late. */
  tryTicket(ticket: string): Promise<Refusal | null>
  /** Value of Set-Cookie that opens a session. */
  readonly sessionCookie: string
}

/**
 * Keeps the door. The cookie holds a secret of its own, not the token: a browser sends cookies to
 * every port of a machine, so another local server may come to see it. A token that `lasts` over
 * restarts makes the same secret again, so that open pages go on; otherwise it is of this run.
 */
export function createAccess(token: string, port: number, lasts = false): Access {
  const tokenDigest = digest(token)
  const session = lasts ? sessionOf(token, port) : randomBytes(32).toString('base64url')
  const sessionDigest = digest(session)
  const cookieName = `vigie-${port}`
  /** When each ends, by the digest of the ticket. */
  const tickets = new Map<string, number>()
  let waiting = 0

  async function tryToken(candidate: string): Promise<Refusal | null> {
    // First of all: who floods the door with wrong tokens must not lock out who has the right one.
    return timingSafeEqual(digest(candidate), tokenDigest) ? null : refuseLate()
  }

  async function refuseLate(): Promise<Refusal> {
    if (waiting >= waitingTries) return busy
    waiting += 1
    try {
      await delay(pause)
    } finally {
      waiting -= 1
    }
    return missing
  }

  return {
    sessionCookie: `${cookieName}=${session}; Path=/; HttpOnly; SameSite=Strict`,
    tryToken,
    issueTicket() {
      const ticket = randomBytes(32).toString('base64url')
      tickets.set(digest(ticket).toString('hex'), Date.now() + ticketLife)
      return ticket
    },
    async tryTicket(candidate) {
      const key = digest(candidate).toString('hex')
      const end = tickets.get(key)
      tickets.delete(key)
      return end !== undefined && Date.now() < end ? null : refuseLate()
    },
    async refuse(headers) {
      const cookie = cookieOf(headers.cookie, cookieName)
      if (cookie !== null && timingSafeEqual(digest(cookie), sessionDigest)) return null
      const bearer = /^Bearer +(\S+) *$/i.exec(headers.authorization ?? '')?.[1]
      return bearer === undefined ? missing : tryToken(bearer)
    },
  }
}

const sessionOf = (token: string, port: number): string =>
  createHmac('sha256', token).update(`vigie session on port ${port}`).digest('base64url')

/** Equal lengths for the comparison in constant time. */
const digest = (text: string): Buffer => createHash('sha256').update(text).digest()

function cookieOf(header: string | undefined, name: string): string | null {
  for (const part of header?.split(';') ?? []) {
    const [key, value] = part.trim().split('=', 2)
    if (key === name && value !== undefined) return value
  }
  return null
}

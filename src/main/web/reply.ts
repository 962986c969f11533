import type { ServerResponse } from 'node:http'
import type { Refusal } from './refusal.ts'

/** Headers of every answer. `host` has passed the Host check, so it is safe to repeat. */
export function setSecurityHeaders(response: ServerResponse, host: string | undefined): void {
  // CSP has no notation for IPv6 addresses.
  const socket = host === undefined || host.startsWith('[') ? '' : ` ws://${host}`
  response.setHeader(
    'Content-Security-Policy',
    [
      "default-src 'none'",
      "script-src 'self'",
      // Mantine sets style attributes and elements.
      "style-src 'self' 'unsafe-inline'",
      "img-src 'self' data:",
      "font-src 'self'",
      // Not every browser counts a WebSocket to the same origin as 'self'.
      `connect-src 'self'${socket}`,
      "base-uri 'none'",
      "frame-ancestors 'none'",
      "form-action 'none'",
    ].join('; '),
  )
  response.setHeader('X-Content-Type-Options', 'nosniff')
  response.setHeader('X-Frame-Options', 'DENY')
  response.setHeader('Referrer-Policy', 'no-referrer')
  response.setHeader('Cross-Origin-Opener-Policy', 'same-origin')
  response.setHeader('Cross-Origin-Resource-Policy', 'same-origin')
  response.setHeader(
    'Permissions-Policy',
    'camera=(), microphone=(), geolocation=(), payment=(), usb=(), serial=(), hid=()',
  )
  response.setHeader('Cache-Control', 'no-store')
}

/** Answers in the API's form of an error to programs, and in a sentence to people. */
export function sendRefusal(response: ServerResponse, refusal: Refusal, toProgram: boolean): void {
  const { status, code, message } = refusal
  const body = toProgram
    ? JSON.stringify({ defined: false, code, status, message })
    : `Vigie: ${message}\n`
  response.writeHead(status, {
    ...refusal.headers,
    'Content-Type': toProgram ? 'application/json' : 'text/plain; charset=utf-8',
    'Content-Length': Buffer.byteLength(body),
  })
  response.end(body)
}

export const notFound: Refusal = { status: 404, code: 'NOT_FOUND', message: 'Nothing is here.' }

import type { Duplex } from 'node:stream'
import { tlsReason } from '../redis/tls-failure.ts'
import { ConnectError } from '../redis/connect-error.ts'
import { StepFailure } from './steps.ts'

const ping = '*1\r\n$4\r\nPING\r\n'
const longest = 1024
/** The first byte of an alert of TLS (RFC 8446 §5.1). */
const alert = 0x15

/**
 * The line by which a server answers PING before anybody has signed in. Looked at byte by byte, since
 * what a wrong server says tells what it is; afterwards the stream is as it was.
 *
 * @throws StepFailure `not-redis`, `tls-required`, `closed`, `timeout`; ConnectError for an error of TLS.
 */
export function greet(stream: Duplex, signal: AbortSignal): Promise<string> {
  return new Promise((resolve, reject) => {
    let heard = Buffer.alloc(0)
    const settle = (error: Error | null, line = '') => {
      stream.pause()
      stream.off('data', listen).off('error', fail).off('close', end).off('end', end)
      signal.removeEventListener('abort', abort)
      if (error === null) resolve(line)
      else reject(error)
    }
    const listen = (chunk: Buffer) => {
      heard = Buffer.concat([heard, chunk])
      if (heard[0] === alert) return settle(new StepFailure('tls-required'))
      const text = heard.toString('latin1')
      const known = '+PONG'.startsWith(text.slice(0, 5)) || text.startsWith('-')
      if (!known || heard.length > longest) return settle(new StepFailure('not-redis'))
      const line = text.indexOf('\r\n')
      if (line >= 0) settle(null, text.slice(0, line))
    }
    const fail = (error: Error & { code?: string }) => {
      const { code = '' } = error
      const reason = tlsReason(code)
      settle(reason === null ? new StepFailure('closed') : new ConnectError('tls', reason, code))
    }
    const end = () => settle(new StepFailure('closed'))
    const abort = () => settle(new StepFailure('timeout'))
    signal.addEventListener('abort', abort, { once: true })
    stream.on('data', listen).on('error', fail).on('close', end).on('end', end)
    stream.resume()
    if (signal.aborted || stream.destroyed) abort()
    else stream.write(ping)
  })
}

/** What a refusal in the greeting means for the test; null when signing in comes next. */
export function refusalIn(line: string): StepFailure | null {
  if (line.startsWith('-DENIED')) return new StepFailure('protected-mode')
  if (/max number of clients/i.test(line)) return new StepFailure('too-many-connections')
  if (line.startsWith('-LOADING')) return new StepFailure('loading')
  if (line.startsWith('-BUSY ')) return new StepFailure('busy')
  return null
}

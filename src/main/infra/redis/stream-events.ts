import type { Duplex } from 'node:stream'
import { ConnectError } from './connect-error.ts'

type Step = 'tcp' | 'ssh' | 'tls' | 'auth'

/**
 * Resolves with the stream at `event`; destroys it when it fails before that, or the signal aborts. The
 * stream keeps a listener for errors, so that one between this and its next owner ends no process.
 *
 * @throws ConnectError
 */
export function settled<Stream extends Duplex>(
  stream: Stream,
  event: 'connect' | 'secureConnect',
  step: Step,
  signal: AbortSignal,
  failure: (error: unknown) => ConnectError,
): Promise<Stream> {
  stream.on('error', () => {})
  return new Promise((resolve, reject) => {
    const settle = (error?: ConnectError) => {
      stream.off(event, done).off('error', failed).off('close', closed)
      signal.removeEventListener('abort', cancelled)
      if (error === undefined) return resolve(stream)
      stream.destroy()
      reject(error)
    }
    const done = () => settle()
    const failed = (error: unknown) => settle(failure(error))
    const closed = () => settle(new ConnectError(step, 'closed'))
    const cancelled = () => settle(aborted(step, signal))
    stream.once(event, done).once('error', failed).once('close', closed)
    signal.addEventListener('abort', cancelled, { once: true })
    if (signal.aborted) cancelled()
  })
}

/** What it means that a signal aborted: out of time, no longer wanted, or known to be in vain. */
export function aborted(step: Step, { reason }: AbortSignal): ConnectError {
  if (reason instanceof ConnectError) return reason
  const late = reason instanceof Error && reason.name === 'TimeoutError'
  return late ? new ConnectError(step, 'timeout', 'ETIMEDOUT') : new ConnectError(step, 'closed')
}

/** What `work` resolves with, unless the signal aborts first; its own later result is dropped. */
export function unlessAborted<Result>(
  step: Step,
  signal: AbortSignal,
  work: Promise<Result>,
): Promise<Result> {
  return new Promise((resolve, reject) => {
    const cancelled = () => reject(aborted(step, signal))
    if (signal.aborted) cancelled()
    signal.addEventListener('abort', cancelled, { once: true })
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', cancelled))
  })
}

/** The code of a system's or a library's error, such as `ECONNREFUSED`. */
export function codeOf(error: unknown): string | null {
  return error instanceof Error && 'code' in error && typeof error.code === 'string'
    ? error.code
    : null
}

import { setTimeout as delay } from 'node:timers/promises'

/** How long an answer waits to see whether its stream fails at once; then it is opened. Milliseconds. */
const patience = 1000

/**
 * An interceptor for HTTP, where a stream that has been opened can no longer be a 404: waits for its
 * first event, and throws what the stream throws instead of it.
 */
export async function refuseBeforeStreaming(options: {
  next(): Promise<unknown>
}): Promise<unknown> {
  const output = await options.next()
  if (!isStream(output)) return output
  const first = output.next()
  // Told by `goOn`, if anyone is still there to read it.
  first.catch(() => undefined)
  const settled = new AbortController()
  try {
    await Promise.race([first, delay(patience, undefined, { signal: settled.signal })])
  } finally {
    settled.abort()
  }
  return goOn(first, output)
}

const isStream = (output: unknown): output is AsyncIterableIterator<unknown> =>
  typeof output === 'object' && output !== null && Symbol.asyncIterator in output

async function* goOn(
  first: Promise<IteratorResult<unknown, unknown>>,
  stream: AsyncIterableIterator<unknown>,
): AsyncGenerator<unknown, unknown> {
  try {
    let step = await first
    while (step.done !== true) {
      yield step.value
      step = await stream.next()
    }
    return step.value
  } finally {
    await stream.return?.()
  }
}

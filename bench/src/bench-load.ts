import { pageOf, type Vigie } from './vigie.ts'
import { Times } from './statistics.ts'

export interface LoadResult {
  /** In the state that was read. */
  jobs: number
  seconds: number
  pages: number
  p50: number
  p95: number
  p99: number
  /** Bytes, of Vigie's process. */
  resident: number
  highest: number
  loopDelay: number
  /** Sent on the live streams that were open meanwhile. */
  streamed: number
}

/**
 * Reads page after page of a large state, as fast as they come, as an operator who holds the down key
 * while the queue table and the list are live.
 */
export async function benchLoad(
  vigie: Vigie,
  queue: string,
  milliseconds: number,
): Promise<LoadResult> {
  const streamed = await vigie.openStreams(queue, 'failed')
  const times = new Times()
  vigie.server.resetProbe()
  const started = performance.now()
  let cursor: string | undefined
  let jobs = 0
  while (performance.now() - started < milliseconds) {
    const reply = await vigie.page({ queue, state: 'failed', size: 50, cursor })
    times.add(reply.milliseconds)
    // Back to the newest now and then.
    const page = pageOf(reply)
    jobs = page.total
    cursor = times.count % 100 === 0 ? undefined : (page.cursor ?? undefined)
  }
  const seconds = (performance.now() - started) / 1000
  if (streamed() === 0) throw new Error('The live streams sent nothing')
  const { delay } = await vigie.server.readProbe()
  return {
    jobs,
    seconds,
    pages: times.count,
    p50: times.percentile(50),
    p95: times.percentile(95),
    p99: times.percentile(99),
    ...(await vigie.server.memory()),
    loopDelay: delay.p99,
    streamed: streamed(),
  }
}
